using System.Net.Sockets;
using System.Text;
using BulkSms.LocalHost;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A body that ends before it is complete gets its problem document, on every route that reads one.</summary>
public sealed class IncompleteBodyTests(MemoryFixture memory)
{
    /// <summary>What changes something without a body. Every other route that is no GET must refuse one that is cut short.</summary>
    private static readonly string[] ReadNoBody =
    [
        "DELETE /api/v1/broadcasts/{id}", "POST /api/v1/broadcasts/{id}/cancel", "POST /api/v1/broadcasts/{id}/resume",
        "POST /api/v1/sending/resume", "POST /api/v1/broadcasts/{id}/approve", "POST /api/v1/broadcasts/{id}/reject", // the last two without tokens
        "DELETE /api/v1/event-endpoints/{id}", "POST /api/v1/event-endpoints/{id}/rotate", "POST /api/v1/event-endpoints/{id}/test",
    ];

    private static readonly string[] Types =
        ["application/json", "text/csv", "application/x-ndjson", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"];

    /// <summary>How a body is cut short: headers that say its length, and what comes of it.</summary>
    private static readonly (string Headers, string Body)[] Cuts =
    [
        ("Content-Length: 500", "{\"a\": "), // and then nothing more, until the server waits no longer
        ("Transfer-Encoding: chunked", "6\r\n{\"a\": \r\nno length\r\n"),
        ("Transfer-Encoding: chunked", "5\r\n--b\r\n\r\nno length\r\n"),
    ];

    [Fact]
    public async Task EveryRouteThatReadsABody_CutShort_IsAProblem()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false, configure: builder => builder.Services.Configure<KestrelServerOptions>(
            kestrel => kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 100_000, gracePeriod: TimeSpan.FromSeconds(1.1))));

        var answers = await Task.WhenAll(
            from route in RoutesOf(app)
            from type in Types
            from cut in Cuts
            select AskAsync(app, route, type, cut.Headers, cut.Body));

        var reading = answers.Where(each => each.Answer.Contains("urn:bulksms:problem:incomplete-body", StringComparison.Ordinal)).ToArray();
        Assert.Equal(RoutesOf(app).Except(ReadNoBody, StringComparer.Ordinal).Order(StringComparer.Ordinal), reading.Select(each => each.Route).Distinct().Order(StringComparer.Ordinal));
        Assert.All(reading, each => Assert.StartsWith("HTTP/1.1 400 ", each.Answer, StringComparison.Ordinal));
        Assert.All(answers.Where(each => !ReadNoBody.Contains(each.Route, StringComparer.Ordinal)), each =>
            Assert.True(each.Answer.Contains("problem:incomplete-body", StringComparison.Ordinal) || each.Answer.Contains("problem:unsupported-media-type", StringComparison.Ordinal), $"{each.Route} {each.Type}: {each.Answer}"));
    }

    private static string[] RoutesOf(TestApp app) =>
    [
        .. from endpoint in app.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
           let method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0]
           where method is not (null or "GET")
           select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}",
    ];

    private static async Task<(string Route, string Type, string Answer)> AskAsync(TestApp app, string route, string type, string headers, string body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(app.Url.Host, app.Url.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{route.Replace("{id}", new string('0', 28), StringComparison.Ordinal)} HTTP/1.1\r\nHost: {app.Url.Authority}\r\n{FunctionKey.Header}: {TestApp.Key}\r\n"
            + $"Content-Type: {type}\r\nConnection: close\r\n{headers}\r\n\r\n{body}"));
        return (route, type, await ReadAnswerAsync(stream));
    }

    // To the end of its JSON: the server may wait for the rest of the body before it closes the connection.
    private static async Task<string> ReadAnswerAsync(Stream stream)
    {
        var (answer, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (!answer.ToString().TrimEnd('\r', '\n', '0').EndsWith('}') && await stream.ReadAsync(buffer) is var read and > 0)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // A server that does not want the body may close the connection on the one who still sends it: what came before is the answer.
        }

        return answer.ToString();
    }
}

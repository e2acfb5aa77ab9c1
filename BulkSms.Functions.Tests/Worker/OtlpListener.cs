using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BulkSms.Functions.Tests.Worker;

/// <summary>A step that was told of by OTLP.</summary>
/// <param name="TraceId">In hexadecimal digits.</param>
/// <param name="Name">Its name.</param>
/// <param name="Links">Traces that it is linked to.</param>
/// <param name="Text">All texts in it.</param>
public sealed record OtlpSpan(string TraceId, string Name, IReadOnlyList<string> Links, string Text);

/// <summary>Takes traces, metrics and logs by OTLP over HTTP, in Protobuf.</summary>
public sealed class OtlpListener : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> received = [];

    private OtlpListener(WebApplication web) => this.web = web;

    public Uri Url => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Everything that came, as text where it is text.</summary>
    public string Text => string.Join('\n', received.Select(each => Encoding.UTF8.GetString(each.Body)));

    public IReadOnlyList<OtlpSpan> Spans => [.. from each in Of("traces") from span in Parts(each, 1, 2, 2) select Span(span)];

    /// <summary>The lines of logs.</summary>
    public IReadOnlyList<string> Logs => [.. from each in Of("logs") from record in Parts(each, 1, 2, 2) from body in Parts(record, 5, 1) select Encoding.UTF8.GetString(body)];

    /// <summary>Names of metrics.</summary>
    public IReadOnlyList<string> Metrics => [.. from each in Of("metrics") from metric in Parts(each, 1, 2, 2) from name in Parts(metric, 1) select Encoding.UTF8.GetString(name)];

    public static async Task<OtlpListener> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var listener = new OtlpListener(builder.Build());
        listener.web.MapPost("/v1/{signal}", listener.TakeAsync);
        await listener.web.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        received.Enqueue((context.Request.Path, body.ToArray()));
    }

    private IEnumerable<byte[]> Of(string signal) => received.Where(each => each.Path == $"/v1/{signal}").Select(each => each.Body);

    private static OtlpSpan Span(byte[] span) => new(
        Convert.ToHexStringLower(Parts(span, 1).Single()), Encoding.UTF8.GetString(Parts(span, 5).Single()), [.. Parts(span, 13, 1).Select(Convert.ToHexStringLower)], Encoding.UTF8.GetString(span));

    // The fields of a message that have a length, by a path of field numbers: opentelemetry-proto has them.
    private static IEnumerable<byte[]> Parts(byte[] message, params int[] path)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) != path[0] || WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
            {
                input.SkipLastField();
                continue;
            }

            var part = input.ReadBytes().ToByteArray();
            foreach (var each in path.Length == 1 ? [part] : Parts(part, path[1..]))
            {
                yield return each;
            }
        }
    }
}

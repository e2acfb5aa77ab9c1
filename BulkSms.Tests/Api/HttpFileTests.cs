using System.Text.RegularExpressions;
using BulkSms.Tests.Documents;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Api;

/// <summary><c>http/bulksms.http</c> has a request for each route, and each is answered.</summary>
public sealed partial class HttpFileTests(MemoryFixture memory)
{
    private static readonly IReadOnlyList<Match> Requests = Request().Matches(DocumentFiles.Read("http/bulksms.http")).ToArray();

    [Fact]
    public void Requests_AreTheTableOfEndpoints() => Assert.Equal(
        ApiEndpoints.All.Select(each => $"{each.Name}: {each.Method} /api/{each.Route.Replace("{id}", "{{id}}", StringComparison.Ordinal).Replace("{*path}", "", StringComparison.Ordinal)}").Order(StringComparer.Ordinal),
        Requests.Select(each => $"{each.Groups["name"]}: {each.Groups["method"]} {each.Groups["path"].Value.Split('?')[0]}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Requests_All_AreAnswered()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Usual, pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);
        var id = (await app.BroadcastAsync("Hello", "+15551230001")).BroadcastId;

        foreach (var each in Requests)
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(each.Groups["method"].Value), each.Groups["path"].Value.Replace("{{id}}", id, StringComparison.Ordinal));
            request.Content = each.Groups["body"].Success ? new StringContent(each.Groups["body"].Value.Replace("{{id}}", id, StringComparison.Ordinal).ReplaceLineEndings("\r\n")) : null;
            foreach (Capture header in each.Groups["header"].Captures)
            {
                var (field, value) = (header.Value.Split(": ")[0], header.Value.Split(": ")[1].Replace("{{key}}", TestApp.Key, StringComparison.Ordinal));
                if (field == "Content-Type")
                {
                    request.Content!.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(value);
                }
                else
                {
                    request.Headers.Add(field, value);
                }
            }

            using var response = await stranger.SendAsync(request);

            var name = each.Groups["name"].Value;
            Assert.True(
                response.IsSuccessStatusCode || Refusals(name).Contains((int)response.StatusCode), $"{name}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    // What an app that has one broadcast, no key for endpoints' secrets and no tokens says to them.
    private static int[] Refusals(string name) => name switch
    {
        "StatusWebhook" or "ClickWebhook" or "OptOutWebhook" or "ApproveBroadcast" or "RejectBroadcast" => [403],
        "DeleteBroadcast" or "ResumeBroadcast" => [409],
        "DecideOptOutReview" or "GetPersonJob" or "DownloadPersonResult" => [404],
        _ => [],
    };

    [GeneratedRegex(@"^### (?<name>\w+)[^\n]*\n(?<method>[A-Z]+) \{\{url\}\}(?<path>\S+)\n((?<header>[\w-]+: [^\n]+)\n)*(\n(?<body>(?!###)[^\0]+?)\n(?=\n###|\z))?", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Request();
}

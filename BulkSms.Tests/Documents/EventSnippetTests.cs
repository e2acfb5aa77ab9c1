using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using BulkSms.Outbox;
using BulkSms.Tests.Events;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Documents;

/// <summary>What docs/events.md shows for verifying a signature works on a request of BulkSms's own, in each language that is installed here.</summary>
public sealed partial class EventSnippetTests(MemoryFixture memory)
{
    private const string Document = "docs/events.md";

    private const string Python = """

        import json, sys
        for case in json.load(sys.stdin):
            print(is_genuine(case["secret"], case["headers"], base64.b64decode(case["body"])))
        """;

    private const string Node = """

        import { readFileSync } from "node:fs";
        for (const each of JSON.parse(readFileSync(0, "utf8"))) {
          console.log(isGenuine(each.secret, each.headers, Buffer.from(each.body, "base64")) ? "True" : "False");
        }
        """;

    [Theory]
    [InlineData("python3", "python", Python, "-c")]
    [InlineData("node", "js", Node, "--input-type=module", "--eval")]
    public async Task Snippet_OfALanguageThatIsInstalled_TakesWhatIsGenuineAndNothingElse(string program, string language, string after, params string[] arguments)
    {
        var (request, secret) = await SendAsync();
        var cases = Cases(request, secret);

        var output = await RunAsync(program, [.. arguments, CodeOf(language) + after], JsonSerializer.Serialize(cases.Select(each => new { secret = each.Secret, headers = each.Headers, body = Convert.ToBase64String(each.Body) })));

        Assert.Equal(cases.Select(each => each.IsGenuine), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim() == "True"));
    }

    [Fact]
    public async Task Snippet_OfCSharp_TakesWhatIsGenuineAndNothingElse()
    {
        var (request, secret) = await SendAsync();

        Assert.All(Cases(request, secret), each => Assert.Equal(
            each.IsGenuine,
            Webhook.IsGenuine(each.Secret, each.Headers["webhook-id"], each.Headers["webhook-timestamp"], each.Headers["webhook-signature"], each.Body, TimeProvider.System.GetUtcNow())));
    }

    // What is compiled here is what the document shows.
    [Fact]
    public void Snippet_OfCSharp_IsTheOneThatIsCompiled()
    {
        var compiled = DocumentFiles.Read("BulkSms.Tests/Events/Webhook.cs").Replace("namespace BulkSms.Tests.Events;\n\n", "", StringComparison.Ordinal);

        Assert.Equal(compiled.Trim(), CodeOf("csharp").Trim());
    }

    private static string CodeOf(string language) => Block().Matches(DocumentFiles.Read(Document)).Single(match => match.Groups["language"].Value == language).Groups["code"].Value;

    private async Task<(ReceivedEvents Request, string Secret)> SendAsync()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Fast);
        var secret = await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.OptOutChanged);
        using var rotated = await app.Http.PostAsync("/api/v1/event-endpoints/crm/rotate", null); // two signatures
        using var added = await app.OptOutAsync("+15551230001");
        await receiver.OfAsync(EventTypes.OptOutChanged, 1);
        return (receiver.Requests[0], secret); // an event may come more than once
    }

    private static IReadOnlyList<Case> Cases(ReceivedEvents request, string secret) =>
    [
        new(true, secret, request.Headers, request.Body),
        new(false, $"whsec_{Convert.ToBase64String(new byte[32])}", request.Headers, request.Body),
        new(false, secret, request.Headers, [.. request.Body, (byte)' ']),
        new(false, secret, With(request, "webhook-timestamp", "1600000000"), request.Body),
        new(false, secret, With(request, "webhook-timestamp", "soon"), request.Body),
        new(false, secret, With(request, "webhook-id", "msg_other"), request.Body),
        new(false, secret, With(request, "webhook-signature", "v1,"), request.Body),
    ];

    private static Dictionary<string, string> With(ReceivedEvents request, string name, string value) => new(request.Headers) { [name] = value };

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await errors);
            return await output;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
            return "";
        }
    }

    [GeneratedRegex(@"```(?<language>csharp|python|js)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    private sealed record Case(bool IsGenuine, string Secret, IReadOnlyDictionary<string, string> Headers, byte[] Body);
}

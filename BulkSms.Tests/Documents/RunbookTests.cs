using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Documents;

/// <summary>The commands of the runbook, as it writes them: each reaches a route, and what it sends can be read. What it names by ID and NAME is not there.</summary>
public sealed partial class RunbookTests(MemoryFixture memory)
{
    private const string Gone = "fe5df0da5652ca7009ea64198724";

    [Fact]
    public async Task Commands_OfTheRunbook_AreUnderstood()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var text = DocumentFiles.Read("docs/operations.md");
        var ask = text.Split('\n').Single(line => line.StartsWith("ask()", StringComparison.Ordinal));
        string[] commands = [.. Command().Matches(text).Select(match => match.Groups["command"].Value.Split("  #")[0].Split(" > ")[0].Trim()).Select(command => command.Replace("ID", Gone, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        Assert.True(commands.Length >= 20, $"It has {commands.Length} commands.");

        var refused = new List<string>();
        foreach (var command in commands)
        {
            var answer = await RunAsync(app, $"{ask}\n{command} --write-out '\n%{{http_code}}'");
            if (answer[(answer.LastIndexOf('\n') + 1)..] is "400" or "405" or "415" || answer.Contains("describes every route", StringComparison.Ordinal))
            {
                refused.Add($"{command}\n{answer}");
            }
        }

        Assert.Empty(refused);
    }

    [Fact]
    public async Task Outages_ToPractise_AreWhatTheSimulatorTakes()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        string[] outages = [.. Outage().Matches(DocumentFiles.Read("docs/operations.md")).Select(match => match.Groups["outage"].Value)];
        Assert.True(outages.Length >= 6, $"It has {outages.Length} outages.");

        using var http = new HttpClient();
        foreach (var outage in outages)
        {
            using var body = new StringContent(outage, null, "application/json");
            using var answer = await http.PutAsync(new Uri(app.Twilio.BaseUrl, "/_simulator/faults"), body, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.NoContent, outage);
        }
    }

    private static async Task<string> RunAsync(TestApp app, string script)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", script]) { UseShellExecute = false, RedirectStandardOutput = true };
        (start.Environment["URL"], start.Environment["KEY"]) = (app.Url.ToString().TrimEnd('/'), TestApp.Key);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, script);
        return said;
    }

    [GeneratedRegex(@"\| `(?<outage>\{[^`\n]*\})` \|", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Outage();

    [GeneratedRegex(@"(`|^\$ )(?<command>ask [^`\n]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();
}

using System.Diagnostics;
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

    [GeneratedRegex(@"(`|^\$ )(?<command>ask [^`\n]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();
}

using System.Reflection;
using System.Text.RegularExpressions;
using BulkSms.Cli;
using BulkSms.Tests.Cli;

namespace BulkSms.Tests.Documents;

/// <summary>docs/cli.md has each command, exit code and variable.</summary>
public sealed partial class CliDocumentTests
{
    private static readonly string Document = DocumentFiles.Read("docs/cli.md");

    [Fact]
    public async Task Commands_All_AreInTheTable()
    {
        using var cli = new CliRun();
        var top = CommandsOf((await cli.ScriptAsync("--help")).All);
        var all = new List<string>();
        foreach (var command in top)
        {
            var below = CommandsOf((await cli.ScriptAsync(command, "--help")).All);
            all.AddRange(below.Count == 0 ? [command] : below.Select(each => $"{command} {each}"));
        }

        Assert.True(all.Count > 15, string.Join(", ", all));
        Assert.All(all, command => Assert.Matches($@"`{command}[ `]", Document));
    }

    [Fact]
    public void ExitCodes_All_AreInTheTable() => Assert.Equal(
        typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!).Order(),
        ExitCode().Matches(Document).Select(match => int.Parse(match.Groups["code"].Value, System.Globalization.CultureInfo.InvariantCulture)).Order());

    [Fact]
    public void Variables_All_AreInTheTable() => Assert.All(
        Directory.EnumerateFiles(DocumentFiles.PathOf("tools/Cli"), "*.cs", SearchOption.AllDirectories).SelectMany(file => Variable().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value).Distinct(),
        name => Assert.Contains($"| `{name}` |", Document, StringComparison.Ordinal));

    private static List<string> CommandsOf(string help) => help.Split("COMMANDS:") is [_, var listed] ? [.. CommandName().Matches(listed).Select(match => match.Groups["name"].Value)] : [];

    [GeneratedRegex(@"^    (?<name>[a-z]+)(\s|$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandName();

    [GeneratedRegex(@"^\| (?<code>\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExitCode();

    [GeneratedRegex("\"(?<name>BULKSMS_[A-Z]+)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}

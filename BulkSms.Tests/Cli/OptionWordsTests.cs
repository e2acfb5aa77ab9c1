using System.Reflection;
using System.Text.Json;
using BulkSms.Cli;
using BulkSms.Cli.Output;
using BulkSms.LocalHost;
using BulkSms.Tests.Infrastructure;
using Spectre.Console.Cli;

namespace BulkSms.Tests.Cli;

/// <summary>What the API says of its fields, the command says of its options.</summary>
public sealed class OptionWordsTests(MemoryFixture memory)
{
    private static readonly string[] Text = ["--message", "Hello"];

    [Fact]
    public void Options_ThatAreNamed_AreThere()
    {
        var there = typeof(OptionWords).Assembly.GetTypes().SelectMany(type => type.GetProperties()).SelectMany(property => property.GetCustomAttribute<CommandOptionAttribute>()?.LongNames ?? []).ToHashSet(StringComparer.Ordinal);

        Assert.All(OptionWords.All, option => Assert.Contains(option[2..], there));
    }

    [Fact]
    public void Fields_OfABroadcast_AreNamedAsOptions()
    {
        using var contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "BulkSms", "Api", "openapi.json")));
        var fields = contract.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("BroadcastForm").GetProperty("properties").EnumerateObject()
            .Select(field => field.Name).Except(["recipients", "confirmRepeat"], StringComparer.Ordinal).ToArray(); // the file; a key is always sent

        Assert.All(fields, field => Assert.StartsWith("--", OptionWords.Place(field), StringComparison.Ordinal));
        Assert.Equal("line 3", OptionWords.Place("line 3"));
        Assert.Equal("--content-variable 1", OptionWords.Place("$.contentVariables.1"));
    }

    [Theory]
    [InlineData("give it twice: onDuplicate=each sends both", "give it twice: --on-duplicate=each sends both")]
    [InlineData("With smartEncoding set to true it takes 1 segment", "With --smart-encoding set to true it takes 1 segment")]
    [InlineData("leave one of them out, or set onDuplicate to each to send both", "leave one of them out, or give --on-duplicate each to send both")]
    [InlineData("write the value, or set literal to true to send it as it is", "write the value, or give --literal to send it as it is")]
    [InlineData("say by quietHours.timeZone whose clock counts", "say by --quiet-hours whose clock counts")]
    [InlineData("was accepted before, as broadcast ab12. Set confirmRepeat to true to send it once more", "was accepted before, as broadcast ab12")]
    [InlineData("has no column for {{firstName}}; its columns are phone", "has no column for {{firstName}}; its columns are phone")]
    [InlineData("Check its id. GET /api/v1/broadcasts lists the broadcasts.", "Check its id. bulksms list lists the broadcasts.")]
    public void Text_OfTheApi_NamesOptions(string said, string expected) => Assert.Equal(expected, OptionWords.Text(said));

    [Fact]
    public async Task Send_WithErrors_NamesThemByItsOptions()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);
        var list = cli.File("list.csv", "phone\n2015550123\n+12015550124\n");

        var national = (await cli.ScriptAsync(["send", list, .. Text, "--preview"])).Ended(ExitCodes.Refused);
        var region = (await cli.ScriptAsync(["send", list, .. Text, "--preview", "--region", "USA"])).Ended(ExitCodes.Refused);
        var column = (await cli.ScriptAsync(["send", list, .. Text, "--preview", "--number-column", "mobile"])).Ended(ExitCodes.Refused);
        var cost = (await cli.ScriptAsync(["send", list, .. Text, "--preview", "--max-cost", "much"])).Ended(ExitCodes.Usage);

        Assert.Contains("or name its country by --region", national.Notes, StringComparison.Ordinal);
        Assert.Contains("The other numbers suggest --region US", national.Notes, StringComparison.Ordinal);
        Assert.Contains("--region: must be a country", region.Notes, StringComparison.Ordinal);
        Assert.Contains("has no column mobile, which --number-column names", column.Notes, StringComparison.Ordinal);
        Assert.Contains("\"much\" is no number.", cost.Notes, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using BulkSms.Sending;
using BulkSms.Tests.Documents;
using BulkSms.Twilio;

namespace BulkSms.Tests.Infra;

/// <summary>The workbook: each of its queries is of metrics, outcomes and events that the code has.</summary>
[Collection(InfraTests.Name)]
public sealed partial class WorkbookTests(CompiledInfra infra)
{
    [Fact]
    public void Workbook_Deployed_ReadsTheComponent()
    {
        var workbook = infra.Usual.One("Microsoft.Insights/workbooks");

        workbook.AssertHas(("kind", "shared"), ("properties.category", "workbook"), ("properties.sourceId", infra.Usual.One("Microsoft.Insights/components").Text("id")));
        Assert.Equal([infra.Usual.One("Microsoft.Insights/components").Text("id")], Data().GetProperty("fallbackResourceIds").EnumerateArray().Select(id => id.GetString()));
        Assert.True(Guid.TryParse(workbook.Text("name"), out _));
    }

    [Fact]
    public void Queries_All_AreOfTheWorkbooksTime() => Assert.All(Items(3), item =>
        item.GetProperty("content").AssertHas(("timeContextFromParameter", "TimeRange"), ("resourceType", "microsoft.insights/components")));

    [Fact]
    public void Queries_OfMetrics_NameOnesOfTheCode()
    {
        var names = Queries().SelectMany(query => MetricName().Matches(query)).Select(match => match.Groups["text"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(names.Count > 12, string.Join(' ', names));
        Assert.All(names, name => Assert.Contains(name, AlertTests.Metrics));
    }

    [Fact]
    public void Queries_OfEvents_NameOnesThatAreLogged()
    {
        var logged = DocumentFiles.Read("docs/log-events.md");
        var ids = Queries().SelectMany(query => EventIds().Matches(query)).SelectMany(match => match.Groups["id"].Captures).Select(id => id.Value).ToArray();

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Contains($"\n| {id} | ", logged, StringComparison.Ordinal));
    }

    [Fact]
    public void Queries_OfOutcomes_NameThoseOfTheSender() => Assert.Contains(
        $"'{SendMetrics.NameOf(new SendOutcome.Suspend(20003, ""))}'", Assert.Single(Queries(), query => query.Contains("in ('rejected'", StringComparison.Ordinal)), StringComparison.Ordinal);

    private JsonElement Data() => JsonDocument.Parse(infra.Usual.One("Microsoft.Insights/workbooks").Text("properties.serializedData")).RootElement;

    private IEnumerable<JsonElement> Items(int type) => Data().GetProperty("items").EnumerateArray().Where(item => item.GetProperty("type").GetInt32() == type);

    private IEnumerable<string> Queries() => Items(3).Select(item => item.Text("content.query"));

    [GeneratedRegex("'(?<text>bulksms\\.[a-z._]+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"EventId\) in \(('(?<id>\d+)'[, ]*)+\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventIds();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using BulkSms.Http;
using BulkSms.LocalHost;
using BulkSms.Sending;
using BulkSms.Twilio;

namespace BulkSms.Tests.Infra;

/// <summary>The alerts: all that are promised, each with people to tell, each on a text that the code does log.</summary>
[Collection(InfraTests.Name)]
public sealed partial class AlertTests(CompiledInfra infra)
{
    private const string LogRule = "Microsoft.Insights/scheduledQueryRules";
    private const string MetricRule = "Microsoft.Insights/metricAlerts";

    /// <summary>Every metric's name that stands in the code.</summary>
    internal static readonly HashSet<string> Metrics =
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "BulkSms"), "*.cs", SearchOption.AllDirectories)
           from match in MetricName().Matches(File.ReadAllText(file))
           select match.Groups["text"].Value,
    ];

    [Theory]
    [InlineData("poison")]
    [InlineData("oldest-message")]
    [InlineData("suspended")]
    [InlineData("unknown-code")]
    [InlineData("circuit-open")]
    [InlineData("error-rate")]
    [InlineData("no-callbacks")]
    [InlineData("optouts-untaken")]
    [InlineData("optouts-refused")]
    [InlineData("optouts-late")]
    [InlineData("approval-waiting")]
    [InlineData("events-failing")]
    [InlineData("events-undelivered")]
    [InlineData("vault-unread")]
    [InlineData("vault-failures")]
    public void Alert_Promised_TellsPeopleAndSaysWhatItNeeds(string name)
    {
        var people = infra.Usual.One("Microsoft.Insights/actionGroups");
        var rule = Assert.Single(Rules(), rule => rule.Text("name").EndsWith($"-{name}", StringComparison.Ordinal));

        rule.AssertHas(("properties.enabled", "True"));
        Assert.Contains(people.Text("id"), rule.Text("properties.actions"), StringComparison.Ordinal);
        Assert.Contains("Needs ", rule.Text("properties.description"), StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_All_AreCounted() => Assert.Equal(15, Rules().Count());

    [Fact]
    public void People_Told_AreTheParameters() => Assert.Equal(
        ["first@example.com", "second@example.com"],
        infra.Usual.One("Microsoft.Insights/actionGroups").At("properties.emailReceivers")!.Value.EnumerateArray().Select(person => person.Text("emailAddress")));

    [Fact]
    public void Queries_OfTraces_AreOnlyOfWhatTheHostTellsNoOtherWay() =>
        Assert.All(Queries().SelectMany(query => MessageText().Matches(query)), match => Assert.Equal("MaxDequeueCount", match.Groups["text"].Value));

    [Fact]
    public void Queries_OfMetrics_NameOnesOfTheCode()
    {
        var names = Queries().SelectMany(query => MetricName().Matches(query)).Select(match => match.Groups["text"].Value).Distinct().ToArray();

        Assert.Equal(
            [
                "bulksms.approvals.oldest_age", "bulksms.circuit.open", "bulksms.codes.unknown", "bulksms.events.calls", "bulksms.events.given_up", "bulksms.events.switched_off", "bulksms.messages", "bulksms.optouts.late",
                "bulksms.optouts.untaken", "bulksms.queue.depth", "bulksms.queue.oldest_age", "bulksms.sending.suspended", "bulksms.vault.failures", "bulksms.webhooks.accepted", "bulksms.webhooks.refused",
            ],
            names.Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Contains(name, Metrics));
    }

    [Fact]
    public void Queries_OfTheSendersMessages_FindTheOutcomeAndTheRoute()
    {
        var query = Assert.Single(Queries(), query => query.Contains("bulksms.messages", StringComparison.Ordinal));

        Assert.Contains($"outcome) == '{SendMetrics.NameOf(new SendOutcome.Accepted("SM", "queued"))}'", query, StringComparison.Ordinal);
        Assert.Contains($"route) == '{Routes.StatusWebhook}'", query, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_OfTheOptOutWebhook_NameItsRoute()
    {
        var query = Assert.Single(Queries(), query => query.Contains("bulksms.webhooks.refused", StringComparison.Ordinal));

        Assert.Contains($"route) == '{Routes.OptOutWebhook}'", query, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_OfFunctions_NameOnesThatExist() => Assert.All(
        Queries().SelectMany(query => OperationName().Matches(query)).Select(match => match.Groups["text"].Value),
        name => Assert.Contains(name, FunctionSources.All.Select(function => function.Name)));

    [Fact]
    public void Queries_Thresholds_AreFilledIn() => Assert.All(Queries(), query =>
    {
        Assert.DoesNotContain("{", query, StringComparison.Ordinal);
        Assert.DoesNotContain("parameters(", query, StringComparison.Ordinal);
    });

    private IEnumerable<JsonElement> Rules() => infra.Usual.All(LogRule).Concat(infra.Usual.All(MetricRule));

    private IEnumerable<string> Queries() => infra.Usual.All(LogRule)
        .Select(rule => Assert.Single(rule.At("properties.criteria.allOf")!.Value.EnumerateArray()).Text("query"));

    [GeneratedRegex("message (startswith|has|contains) '(?<text>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MessageText();

    [GeneratedRegex("""['"](?<text>bulksms\.[a-z._]+)['"]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex("operation_Name == '(?<text>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OperationName();
}

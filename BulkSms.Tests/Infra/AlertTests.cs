using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;

namespace BulkSms.Tests.Infra;

/// <summary>The alerts: all that are promised, each telling somebody, each on a text that the code does log.</summary>
[Collection(InfraTests.Name)]
public sealed partial class AlertTests(CompiledInfra infra)
{
    private const string LogRule = "Microsoft.Insights/scheduledQueryRules";
    private const string MetricRule = "Microsoft.Insights/metricAlerts";

    private static readonly string[] LogMessages =
    [
        .. from type in typeof(BulkSmsServices).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           select method.GetCustomAttribute<LoggerMessageAttribute>()?.Message into message
           where message is not null
           select message,
    ];

    [Theory]
    [InlineData("poison")]
    [InlineData("oldest-message")]
    [InlineData("halt")]
    [InlineData("unknown-code")]
    [InlineData("circuit-open")]
    [InlineData("error-rate")]
    [InlineData("no-callbacks")]
    [InlineData("vault-unread")]
    [InlineData("vault-failures")]
    public void Alert_Promised_TellsSomebodyAndSaysWhatItNeeds(string name)
    {
        var people = infra.Usual.One("Microsoft.Insights/actionGroups");
        var rule = Assert.Single(Rules(), rule => rule.Text("name").EndsWith($"-{name}", StringComparison.Ordinal));

        rule.AssertHas(("properties.enabled", "True"));
        Assert.Contains(people.Text("id"), rule.Text("properties.actions"), StringComparison.Ordinal);
        Assert.Contains("Needs ", rule.Text("properties.description"), StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_All_AreCounted() => Assert.Equal(9, Rules().Count());

    [Fact]
    public void People_Told_AreTheParameters() => Assert.Equal(
        ["first@example.com", "second@example.com"],
        infra.Usual.One("Microsoft.Insights/actionGroups").At("properties.emailReceivers")!.Value.EnumerateArray().Select(person => person.Text("emailAddress")));

    [Fact]
    public void Queries_OfLogTexts_BeginAsTheCodesMessagesDo()
    {
        var texts = Queries().SelectMany(query => MessageBeginning().Matches(query)).Select(match => match.Groups["text"].Value).ToArray();

        Assert.Equal(2, texts.Length);
        Assert.All(texts, text => Assert.Contains(LogMessages, message => message.StartsWith(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void Queries_OfSentMessages_FindTheSendersLog()
    {
        var template = Assert.Single(LogMessages, message => message.Contains(": {Outcome} after ", StringComparison.Ordinal));
        var written = template.Replace("{Outcome}", nameof(SendOutcome.Accepted), StringComparison.Ordinal);
        var searched = Assert.Single(Queries().SelectMany(query => MessagePart().Matches(query)).Select(match => match.Groups["text"].Value), text => text != "MaxDequeueCount");

        Assert.Contains(searched, written, StringComparison.Ordinal);
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

    [GeneratedRegex("message startswith '(?<text>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MessageBeginning();

    [GeneratedRegex("message has '(?<text>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MessagePart();

    [GeneratedRegex("operation_Name == '(?<text>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OperationName();
}

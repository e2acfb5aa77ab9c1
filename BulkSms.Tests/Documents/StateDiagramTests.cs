using System.Text.RegularExpressions;
using BulkSms.Recipients;

namespace BulkSms.Tests.Documents;

/// <summary>The diagram of a recipient's statuses says what the state machine does.</summary>
public sealed partial class StateDiagramTests
{
    [Fact]
    public void Diagram_OfARecipient_HasTheTransitionsOfTheStateMachine()
    {
        var drawn = Edge().Matches(DocumentFiles.Read("docs/architecture.md")).Select(edge => (From: edge.Groups["from"].Value, To: edge.Groups["to"].Value))
            .Where(edge => RecipientStatus.All.Contains(edge.From) && RecipientStatus.All.Contains(edge.To));
        var ours = from rule in RecipientState.Rules where rule.To is not null from status in rule.From where status != rule.To select (From: status, To: rule.To!);
        string[] final = [RecipientStatus.Delivered, RecipientStatus.Undelivered, RecipientStatus.Failed];
        var twilios = new[] { RecipientStatus.Sending, RecipientStatus.Unconfirmed }.Select(status => (From: status, To: RecipientStatus.Submitted)).Concat(final.Select(status => (From: RecipientStatus.Submitted, To: status)));

        Assert.Equal(ours.Concat(twilios).Distinct().Order(), drawn.Distinct().Order());
    }

    [GeneratedRegex(@"^  (?<from>\w+) --> (?<to>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Edge();
}

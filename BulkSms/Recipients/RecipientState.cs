using System.Collections.Frozen;
using Azure.Data.Tables;
using static BulkSms.Recipients.RecipientStatus;

namespace BulkSms.Recipients;

/// <summary>The state machine of a recipient: which event may come in which status, where it leads to, and what follows from it. All writes of a row but its insertion go through it.</summary>
public static class RecipientState
{
    private static readonly string[] Waiting = [Pending];
    private static readonly string[] Called = [RecipientStatus.Sending, Unconfirmed];

    /// <summary>The transitions. An event that no rule allows in a status is refused there.</summary>
    public static IReadOnlyList<RecipientRule> Rules { get; } =
    [
        Rule<RecipientEvent.Renewed>(Waiting, Pending),
        Rule<RecipientEvent.Postponed>(Waiting, Pending, FollowUp.SendJob),
        Rule<RecipientEvent.Held>(Waiting, Pending),
        Rule<RecipientEvent.Released>(Waiting, Pending, FollowUp.SendJob),
        Rule<RecipientEvent.QueueMessageGivenUp>(Waiting, Pending, FollowUp.SendJob),
        Rule<RecipientEvent.OptedOut>(Waiting, RecipientStatus.OptedOut),
        Rule<RecipientEvent.Canceled>(Waiting, RecipientStatus.Canceled),
        Rule<RecipientEvent.Erased>(Waiting, RecipientStatus.Canceled),
        Rule<RecipientEvent.Expired>(Waiting, RecipientStatus.Expired),
        Rule<RecipientEvent.RejectedUnsent>(Waiting, RecipientStatus.Rejected, FollowUp.PoisonMessage),
        Rule<RecipientEvent.Claimed>(Waiting, RecipientStatus.Sending),

        Rule<RecipientEvent.Returned>(Called, Pending, FollowUp.SendJob),
        Rule<RecipientEvent.Suspended>(Called, Pending),
        Rule<RecipientEvent.Rejected>(Called, RecipientStatus.Rejected, FollowUp.PoisonMessage),
        Rule<RecipientEvent.Blocked>(Called, RecipientStatus.OptedOut),
        Rule<RecipientEvent.InDoubt>([RecipientStatus.Sending], Unconfirmed),
        Rule<RecipientEvent.ClaimLapsed>([RecipientStatus.Sending], Unconfirmed),
        Rule<RecipientEvent.NotListed>([Unconfirmed], Unconfirmed),
        Rule<RecipientEvent.ProvedAbsent>([Unconfirmed], Pending, FollowUp.SendJob),
        Rule<RecipientEvent.SentAgain>([Unconfirmed], Pending, FollowUp.SendJob),
        Rule<RecipientEvent.Doubted>([Pending, RecipientStatus.Sending, Unconfirmed], Unconfirmed),
        Rule<RecipientEvent.PoisonWritten>([RecipientStatus.Rejected], RecipientStatus.Rejected),
        Rule<RecipientEvent.Replayed>([RecipientStatus.Rejected], Pending, FollowUp.SendJob),

        Rule<RecipientEvent.Submitted>(All, null),
        Rule<RecipientEvent.Reported>(All, null),
        Rule<RecipientEvent.SentTwice>(All, null),
        Rule<RecipientEvent.Clicked>(All, null),
        Rule<RecipientEvent.Polled>([RecipientStatus.Submitted], RecipientStatus.Submitted),
        Rule<RecipientEvent.Closed>([RecipientStatus.Submitted], Unknown),
        Rule<RecipientEvent.Told>(All, null),
    ];

    private static readonly FrozenDictionary<Type, RecipientRule> ByEvent = Rules.ToFrozenDictionary(rule => rule.Event);

    /// <summary>What an event makes of a row.</summary>
    /// <param name="row">The row; of one that is known by its queue message only, what the message says of it.</param>
    /// <param name="happened">The event.</param>
    /// <returns>Null: it is refused, and the row stays as it is.</returns>
    public static RecipientTransition? After(Recipient row, RecipientEvent happened)
    {
        var rule = ByEvent[happened.GetType()];
        if (!rule.From.Contains(row.Status) || happened.Apply(row) is not { } after)
        {
            return null;
        }

        var columns = happened.Columns(row);
        if (row.IsUntold && !IsFinal(after.Status))
        {
            (after, columns) = (after with { IsUntold = false }, columns.Append(RecipientColumns.IsUntold)); // replayed before it was told: what it comes to now is told
        }

        return rule.To is null || after.Status == rule.To
            ? new(row, after, [.. columns], rule.Follows)
            : throw new InvalidOperationException($"{rule.Event.Name} led to {after.Status} instead of {rule.To}.");
    }

    /// <summary>What is to be done once an event is written.</summary>
    public static FollowUp FollowsFrom(RecipientEvent happened) => ByEvent[happened.GetType()].Follows;

    /// <summary>Whether one event can make a row out of another: what a history of writes is checked against.</summary>
    public static bool Allows(Recipient before, Recipient after)
    {
        var isNewClaim = after.ClaimId != before.ClaimId;
        return before.ProviderStatus == after.ProviderStatus
            ? before.Sid == after.Sid && (isNewClaim
                ? Leads(ByEvent[typeof(RecipientEvent.Claimed)], before, after) || Leads(ByEvent[typeof(RecipientEvent.RejectedUnsent)], before, after)
                : before.Status == after.Status || Rules.Any(rule => Leads(rule, before, after)))
            : !isNewClaim && after.Sid is { Length: > 0 } sid && (before.Sid ?? sid) == sid && after.ProviderStatus is { } word
                && ProviderStatus.MayFollow(before.ProviderStatus, word) && after.Status == ProviderStatus.StatusAfter(before.Status, word);
    }

    private static bool Leads(RecipientRule rule, Recipient before, Recipient after) => rule.To == after.Status && rule.From.Contains(before.Status);

    private static RecipientRule Rule<TEvent>(IReadOnlyList<string> from, string? to, FollowUp follows = FollowUp.None)
        where TEvent : RecipientEvent => new(typeof(TEvent), from, to, follows);
}

/// <summary>A line of the state machine.</summary>
/// <param name="Event">A <see cref="RecipientEvent"/>.</param>
/// <param name="From">The statuses in which it may come.</param>
/// <param name="To">The status that it leads to; null: the one that the provider's word means, or none other.</param>
/// <param name="Follows">What is to be done once it is written.</param>
public sealed record RecipientRule(Type Event, IReadOnlyList<string> From, string? To, FollowUp Follows);

/// <summary>What is to be done once a transition is written. If the process dies first, the sweeper does it.</summary>
public enum FollowUp
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A send job is written to the queue.</summary>
    SendJob,

    /// <summary>A poison message is written, and noted on the row.</summary>
    PoisonMessage,
}

/// <summary>What an event makes of a row.</summary>
/// <param name="Before">The row before.</param>
/// <param name="After">The row afterwards, with the ETag from before.</param>
/// <param name="Columns">The columns that are written.</param>
/// <param name="Follows">What is to be done once it is written.</param>
public sealed record RecipientTransition(Recipient Before, Recipient After, IReadOnlyList<string> Columns, FollowUp Follows)
{
    /// <summary>Whether the recipient comes to a final status by it.</summary>
    public bool Finishes => After.Status != Before.Status && RecipientStatus.IsFinal(After.Status);

    /// <summary>The same, with a note that its final status is still to be told.</summary>
    /// <param name="sequence">The sequence number of what is to be told.</param>
    public RecipientTransition WithUntold(long sequence) => this with
    {
        After = After with { Sequence = Math.Max(sequence, Before.Sequence + 1), IsUntold = true },
        Columns = [.. Columns, RecipientColumns.Sequence, RecipientColumns.IsUntold],
    };

    /// <summary>Puts the changed columns into a row to be written.</summary>
    public void WriteTo(TableEntity row)
    {
        foreach (var column in Columns)
        {
            row[column] = RecipientColumns.Value(After, column);
        }
    }
}

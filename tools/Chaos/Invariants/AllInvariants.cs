namespace BulkSms.Chaos.Invariants;

/// <summary>What must be true after any run, by its number.</summary>
public static class AllInvariants
{
    private static readonly (int Number, Func<Evidence, IEnumerable<string>> Check)[] All =
    [
        (1, OneMessageEach.Check), (2, RowsAreTheInput.Check), (3, NothingIsOpen.Check), (4, SidsAreBound.Check), (4, TextsAreTheirs.Check), (5, UnsentIsUnsent.Check),
        (6, RefusedOnce.Check), (7, HoldsHold.Check), (8, OneKeyOneBroadcast.Check), (9, HistoryIsAllowed.Check), (9, TotalsAreTrue.Check),
        (10, WithinTheDeadline.Check), (11, QueuesAreEmpty.Check), (12, EndsByItself.Check), (13, WasNoIdleRun.Check),
        (14, OnlyTwilioRefuses.Check), (15, MissedStopsAreHeard.Check), (16, OldStartsUndoNothing.Check), (17, AccountsSendTheirOwn.Check),
        (18, EventsAreTold.Check), (19, ApprovalsAreAskedFor.Check), (20, ErasedAreGone.Check), (21, WithinTheRate.Check),
        (22, FirstPartGoesFirst.Check),
    ];

    /// <summary>Every violation, with the number of what it violates.</summary>
    public static IReadOnlyList<string> Check(Evidence evidence) => [.. All.SelectMany(each => each.Check(evidence).Select(violation => $"{each.Number}: {violation}"))];
}

namespace BulkSms.Chaos.Invariants;

/// <summary>16. A START from before a STOP, sent again after it, takes no number off the opt-out list.</summary>
public static class OldStartsUndoNothing
{
    public static IEnumerable<string> Check(Evidence evidence) =>
        evidence.Left.Where(number => !evidence.OptedOut.Contains(number)).Select(number => $"said STOP after a START, and is not opted out: {number}");
}

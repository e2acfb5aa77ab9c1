namespace BulkSms.Client.Models;

public partial class Replay
{
    /// <summary>Messages that were left, by reason.</summary>
    public IReadOnlyDictionary<string, long> SkippedByReason => new[]
    {
        ("optedOut", Skipped?.OptedOut), ("movedOn", Skipped?.MovedOn), ("canceled", Skipped?.Canceled), ("notReplayable", Skipped?.NotReplayable), ("gone", Skipped?.Gone),
    }.Where(each => each.Item2 > 0).ToDictionary(each => each.Item1, each => (long)each.Item2!.Value, StringComparer.Ordinal);
}

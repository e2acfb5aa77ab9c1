using BulkSms.Chaos.Storage;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>9. Every history is allowed by the transitions, was written under the row's own ETag each time, and ends in the row as it is.</summary>
public static class HistoryIsAllowed
{
    public static IEnumerable<string> Check(Evidence evidence) => evidence.Rows
        .Where(row => row.To.Length > 0) // what is left of an erased person was written as it is
        .Select(row => (Row: row, History: evidence.HistoryOf(row.Key)))
        .Where(each => each.History is not null)
        .SelectMany(each => CheckRow(each.Row, each.History!, evidence.Replays).Select(fault => $"{fault}: {each.Row.Key.Partition}/{each.Row.Key.Id}"));

    private static IEnumerable<string> CheckRow(Recipient row, RowHistory history, int replays)
    {
        if (history.Unplaced > 0)
        {
            yield return $"{history.Unplaced} writes that were not made under the row's ETag";
            yield break;
        }

        var states = RowState.Of(row, history);
        foreach (var (from, to) in states.Zip(states.Skip(1)).Where(step => !RecipientState.Allows(step.First.AsRow(row.Key), step.Second.AsRow(row.Key))))
        {
            yield return $"{from.Status} ({from.ProviderStatus}) → {to.Status} ({to.ProviderStatus}), with claim {from.ClaimId} → {to.ClaimId} and SID {from.Sid} → {to.Sid}";
        }

        var replayed = states.Zip(states.Skip(1)).Count(each => each is { First.Status: RecipientStatus.Rejected, Second.Status: RecipientStatus.Pending });
        if (replayed > replays)
        {
            yield return $"replayed {replayed} times, and {replays} replays were asked for";
        }

        if (states[^1] is var last && (last.Status != row.Status || (last.Sid ?? "") != (row.Sid ?? "")))
        {
            yield return $"its history ends with {last.Status}, and the row says {row.Status}";
        }
    }
}

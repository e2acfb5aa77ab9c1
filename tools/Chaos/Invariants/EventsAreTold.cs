using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>18. A receiver of events that fails at random was told of each final recipient, of its latest status too, and of nothing that was not so.</summary>
public static class EventsAreTold
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        if (evidence.Told is not { } all)
        {
            yield break;
        }

        var told = all.ToLookup(each => (each.BroadcastId, each.RecipientId));
        foreach (var row in evidence.Rows.Where(row => row.To.Length > 0)) // what is left of an erased person is not told of
        {
            var own = told[(row.Key.BroadcastId, row.Key.Id)].ToArray();
            if (RecipientStatus.IsFinal(row.Status) && own.MaxBy(each => each.Sequence) is var latest && latest?.Status != row.Status)
            {
                yield return $"the row of {row.Key.Partition}/{row.Key.Id} says {row.Status}, and the receiver was told {latest?.Status ?? "nothing"}";
            }

            foreach (var wrong in own.Where(each => each.To != row.To || !RecipientStatus.IsFinal(each.Status) || !WasSo(row, each, evidence)).Distinct())
            {
                yield return $"the receiver was told {wrong.Status} of {row.Key.Partition}/{row.Key.Id}, which was not so";
            }
        }

        var rows = evidence.Rows.Select(row => (row.Key.BroadcastId, row.Key.Id)).ToHashSet();
        foreach (var unknown in told.Where(each => !each.Any(one => evidence.Erased.Contains(one.To))).Select(each => each.Key).Where(key => !rows.Contains(key)))
        {
            yield return $"the receiver was told of {unknown}, which has no row";
        }
    }

    private static bool WasSo(Recipient row, ToldRecipient told, Evidence evidence) =>
        told.Status == row.Status || evidence.HistoryOf(row.Key) is not { } history || RowState.Of(row, history).Any(state => state.Status == told.Status);
}

/// <summary>What a receiver was told of a recipient.</summary>
/// <param name="BroadcastId">Its broadcast.</param>
/// <param name="RecipientId">Its row.</param>
/// <param name="To">Its number.</param>
/// <param name="Status">Its status.</param>
/// <param name="Sequence">In what order.</param>
public sealed record ToldRecipient(string BroadcastId, string RecipientId, string To, string Status, long Sequence);

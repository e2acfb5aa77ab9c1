using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>
/// 6. A permanent refusal costs one call and makes one poison entry: it is never retried, unless the answer was lost before it could be written down;
/// each replay may make one more. And nothing that was replayed is sent to a number that has a SID.
/// </summary>
public static class RefusedOnce
{
    private static readonly HashSet<int> Permanent = [21211, 21614];

    /// <summary>Whether a code refuses a number for good.</summary>
    public static bool IsPermanent(int? code) => code is { } known && Permanent.Contains(known);

    public static IEnumerable<string> Check(Evidence evidence)
    {
        var refused = evidence.Calls.Where(call => IsPermanent(call.Code)).ToLookup(call => call.Row);
        var entries = evidence.Poison.ToLookup(entry => (entry.BroadcastId, entry.RecipientKey));
        var calls = evidence.Calls.Where(call => call.ClaimId is not null).GroupBy(call => call.ClaimId);
        var twice = calls.Where(claim => claim.Count() > 1).Select(claim => $"{claim.Count()} calls under one claim");
        var rows = evidence.Rows.SelectMany(row => CheckRow(
            row, evidence.HistoryOf(row.Key), [.. refused[(row.Key.BroadcastId, row.Key.Id)]], [.. entries[(row.Key.BroadcastId, row.Key.Id)].Select(entry => entry.ClaimId)]));
        return twice.Concat(rows).Concat(CheckReplay(evidence));
    }

    private static IEnumerable<string> CheckRow(Recipient row, RowHistory? history, ArrivedCall[] refused, string[] entries)
    {
        var where = $"{row.Key.Partition}/{row.Key.Id}";
        if (history is null)
        {
            yield break;
        }

        var states = RowState.Of(row, history);
        foreach (var call in refused)
        {
            var under = states.Where(state => state.ClaimId == call.ClaimId).SkipWhile(state => state.Status != RecipientStatus.Sending).Skip(1).FirstOrDefault();
            if (under?.Status == RecipientStatus.Pending)
            {
                yield return $"a permanent refusal was put back to be tried again: {where}";
            }
        }

        var rejected = states.Where(state => state.IsChange && state.Status == RecipientStatus.Rejected).Select(state => state.ClaimId ?? "").ToArray();
        foreach (var claim in rejected.Where(claim => entries.Count(entry => entry == claim) != 1))
        {
            yield return $"{entries.Count(entry => entry == claim)} poison entries for a refusal: {where}";
        }

        if (entries.Except(rejected, StringComparer.Ordinal).Any())
        {
            yield return $"a poison entry for what was never refused: {where}";
        }
    }

    private static IEnumerable<string> CheckReplay(Evidence evidence)
    {
        var sent = evidence.RowsBeforeReplay.Where(row => !string.IsNullOrEmpty(row.Sid)).Select(row => (row.Key.BroadcastId, row.Key.Id)).ToHashSet();
        return evidence.Calls.Where(call => call.At > evidence.ReplayedAt && call is { BroadcastId: { } id, RecipientKey: { } key } && sent.Contains((id, key)))
            .Select(call => $"a replay called Twilio again for {call.To} of broadcast {call.BroadcastId}, who has a SID");
    }
}

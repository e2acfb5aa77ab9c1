using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>Of a run in which nothing was accepted, sent or replayed every other invariant is true.</summary>
public static class WasNoIdleRun
{
    private const int NotMobile = Twilio.TwilioRecipients.NotMobile;

    public static IEnumerable<string> Check(Evidence evidence)
    {
        foreach (var posted in evidence.Posted.Where(posted => !posted.IsAccepted && posted.ExpiresAt is null))
        {
            yield return $"never accepted ({posted.Key})";
        }

        if (evidence.Messages.Count == 0)
        {
            yield return "nothing was sent";
        }

        foreach (var request in evidence.Unanswered)
        {
            yield return $"never answered: {request}";
        }

        var canceled = evidence.Broadcasts.Where(broadcast => broadcast.IsCanceled).Select(broadcast => broadcast.Id).ToHashSet(StringComparer.Ordinal);
        // A row without its number is of a person who is erased: there is no one to replay it for.
        var refused = evidence.RowsBeforeReplay
            .Where(row => row is { Status: RecipientStatus.Rejected, Code: NotMobile, To.Length: > 0 } && !canceled.Contains(row.Key.BroadcastId) && !evidence.OptedOut.Contains(row.To))
            .Select(row => (row.Key.BroadcastId, row.Key.Id))
            .ToHashSet();
        refused.ExceptWith(evidence.Calls.Where(call => call.At > evidence.ReplayedAt).Select(call => (call.BroadcastId ?? "", call.RecipientKey ?? "")));
        foreach (var (broadcastId, to) in refused)
        {
            yield return $"replayed, and Twilio was not called: {to} of broadcast {broadcastId}";
        }
    }
}

using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>Which state of a recipient may follow which: a specification of its own, beside the app's.</summary>
public static class Transitions
{
    /// <summary>Null when it may; else why not.</summary>
    public static string? Fault(RowState from, RowState to)
    {
        var change = $"{from.Status} → {to.Status}";
        if (!string.IsNullOrEmpty(from.Sid) && to.Sid != from.Sid)
        {
            return $"{change}: another SID took the place of the first";
        }

        if (RecipientStatus.IsTwilio(to.Status) && string.IsNullOrEmpty(to.Sid))
        {
            return $"{change}: Twilio's word without a SID";
        }

        if (to.ClaimId != from.ClaimId && !(from.Status == RecipientStatus.Pending && to.Status is RecipientStatus.Claimed or RecipientStatus.Rejected))
        {
            return $"{change}: a claim that is not from Pending";
        }

        var isAllowed = from.Status == to.Status || (from.Sid, RecipientStatus.IsTwilio(to.Status)) switch
        {
            (null, true) => true, // evidence
            (_, true) => TwilioRank(to.Status) > TwilioRank(from.Status),
            ({ }, false) => false, // what is sent is sent
            _ => IsOurs(from.Status, to.Status),
        };
        return isAllowed ? null : change;
    }

    private static bool IsOurs(string from, string to) => (from, to) switch
    {
        (RecipientStatus.Claimed or RecipientStatus.Unconfirmed or RecipientStatus.Rejected, RecipientStatus.Pending) => true,
        (RecipientStatus.Claimed or RecipientStatus.Unconfirmed, RecipientStatus.Canceled or RecipientStatus.Expired) => false, // it may have been sent: proof first
        (RecipientStatus.Pending or RecipientStatus.Claimed or RecipientStatus.Unconfirmed, _) => Rank(to) > Rank(from),
        _ => false,
    };

    private static int Rank(string status) => status switch
    {
        RecipientStatus.Pending => 0,
        RecipientStatus.Claimed => 1,
        RecipientStatus.Unconfirmed => 2,
        _ => 3,
    };

    // A state without a SID ranks below them all.
    private static int TwilioRank(string status) => status switch
    {
        RecipientStatus.Accepted or RecipientStatus.Scheduled => 1,
        RecipientStatus.Queued => 2,
        RecipientStatus.Sending => 3,
        RecipientStatus.Sent => 4,
        RecipientStatus.Delivered or RecipientStatus.Undelivered or RecipientStatus.Failed or RecipientStatus.TwilioCanceled => 5,
        RecipientStatus.Read => 6,
        _ => 0,
    };
}

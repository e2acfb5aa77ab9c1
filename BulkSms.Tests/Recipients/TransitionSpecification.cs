using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

/// <summary>Which state of a recipient may follow which: a specification of its own, which the app's state machine is compared with.</summary>
internal static class TransitionSpecification
{
    /// <summary>Null when it may; else why not.</summary>
    public static string? Fault(Recipient from, Recipient to)
    {
        var change = $"{from.Status} ({from.ProviderStatus}) → {to.Status} ({to.ProviderStatus})";
        if (!string.IsNullOrEmpty(from.Sid) && to.Sid != from.Sid)
        {
            return $"{change}: another SID took the place of the first";
        }

        if ((to.ProviderStatus is not null || IsTwilios(to.Status)) && string.IsNullOrEmpty(to.Sid))
        {
            return $"{change}: Twilio's word without a SID";
        }

        if (to.ClaimId != from.ClaimId && !(from.Status == RecipientStatus.Pending && to.Status is RecipientStatus.Sending or RecipientStatus.Rejected))
        {
            return $"{change}: a claim that is not from Pending";
        }

        var isAllowed = (from.Sid, to.Sid) switch
        {
            (null, null) => from.Status == to.Status || IsOurs(from.Status, to.Status),
            (null, _) => Agree(to), // evidence
            _ when from.ProviderStatus == to.ProviderStatus => to.Status == from.Status || (from.Status, to.Status) is (RecipientStatus.Submitted, RecipientStatus.Unknown),
            _ => TwilioRank(to.ProviderStatus) > TwilioRank(from.ProviderStatus)
                && (from.Status == RecipientStatus.Unknown && TwilioRank(to.ProviderStatus) < TwilioRank(ProviderStatus.Delivered) ? to.Status == RecipientStatus.Unknown : Agree(to)),
        };
        return isAllowed ? null : change;
    }

    private static bool IsTwilios(string status) =>
        status is RecipientStatus.Submitted or RecipientStatus.Delivered or RecipientStatus.Undelivered or RecipientStatus.Failed or RecipientStatus.Unknown;

    // The status is what Twilio's word means.
    private static bool Agree(Recipient state) => state.Status == state.ProviderStatus switch
    {
        ProviderStatus.Delivered or ProviderStatus.Read => RecipientStatus.Delivered,
        ProviderStatus.Undelivered => RecipientStatus.Undelivered,
        ProviderStatus.Failed => RecipientStatus.Failed,
        ProviderStatus.Canceled => RecipientStatus.Canceled,
        _ => RecipientStatus.Submitted,
    };

    private static bool IsOurs(string from, string to) => (from, to) switch
    {
        (RecipientStatus.Sending or RecipientStatus.Unconfirmed or RecipientStatus.Rejected, RecipientStatus.Pending) => true,
        (RecipientStatus.Sending or RecipientStatus.Unconfirmed, RecipientStatus.Canceled or RecipientStatus.Expired) => false, // it may have been sent: proof first
        (RecipientStatus.Pending or RecipientStatus.Sending or RecipientStatus.Unconfirmed, _) => Rank(to) > Rank(from),
        _ => false,
    };

    private static int Rank(string status) => status switch
    {
        RecipientStatus.Pending => 0,
        RecipientStatus.Sending => 1,
        RecipientStatus.Unconfirmed => 2,
        _ => 3,
    };

    // A state without a SID ranks below them all.
    private static int TwilioRank(string? word) => word switch
    {
        ProviderStatus.Accepted or ProviderStatus.Scheduled => 1,
        ProviderStatus.Queued => 2,
        ProviderStatus.Sending => 3,
        ProviderStatus.Sent => 4,
        ProviderStatus.PartiallyDelivered => 5,
        ProviderStatus.Delivered or ProviderStatus.Undelivered or ProviderStatus.Failed or ProviderStatus.Canceled => 6,
        ProviderStatus.Read => 7,
        _ => 0,
    };
}

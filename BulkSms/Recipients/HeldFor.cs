namespace BulkSms.Recipients;

/// <summary>Why a pending recipient is not sent to now. It is shown, not stored, but for <see cref="OptOutReview"/>, which is written on the row.</summary>
public static class HeldFor
{
    /// <summary>Its broadcast is paused.</summary>
    public const string Pause = "pause";

    /// <summary>All sending is suspended.</summary>
    public const string Suspended = "suspended";

    /// <summary>The number's last text may have been an opt-out: a person decides.</summary>
    public const string OptOutReview = "optOutReview";

    /// <summary>It was accepted for another Twilio account.</summary>
    public const string Account = "account";

    /// <summary>It is the recipient's night.</summary>
    public const string QuietHours = "quietHours";
}

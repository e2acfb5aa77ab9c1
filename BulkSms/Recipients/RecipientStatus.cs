namespace BulkSms.Recipients;

/// <summary>A recipient's statuses as they are stored and shown. What Twilio calls the message stands beside it: <see cref="ProviderStatus"/>.</summary>
public static class RecipientStatus
{
    /// <summary>Waiting to be sent, or to be sent again at its due time; <see cref="Recipients.HeldFor"/> may say what it waits for.</summary>
    public const string Pending = "pending";

    /// <summary>A sender is calling Twilio for it.</summary>
    public const string Sending = "sending";

    /// <summary>Twilio may or may not have it; nothing is sent before that is reconciled.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>Twilio has it and has not said its last word.</summary>
    public const string Submitted = "submitted";

    public const string Delivered = "delivered";
    public const string Undelivered = "undelivered";
    public const string Failed = "failed";

    /// <summary>Refused for good by Twilio; or given up, because the Functions host failed on it time and again.</summary>
    public const string Rejected = "rejected";

    /// <summary>The recipient said STOP.</summary>
    public const string OptedOut = "optedOut";

    /// <summary>Not sent, as its broadcast was canceled; with a provider status: canceled at Twilio.</summary>
    public const string Canceled = "canceled";

    /// <summary>Not sent before its time was over.</summary>
    public const string Expired = "expired";

    /// <summary>Submitted, and closed without a final word of Twilio's.</summary>
    public const string Unknown = "unknown";

    /// <summary>In the order in which a recipient may come to them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Pending, Sending, Unconfirmed, Submitted, Delivered, Undelivered, Failed, Rejected, OptedOut, Canceled, Expired, Unknown];

    /// <summary>Nothing more will happen to it by itself.</summary>
    public static bool IsFinal(string status) => status is Delivered or Undelivered or Failed or Rejected or OptedOut or Canceled or Expired or Unknown;

    /// <summary>Still ours to send or to reconcile.</summary>
    public static bool IsOpen(string status) => status is Pending or Sending or Unconfirmed;
}

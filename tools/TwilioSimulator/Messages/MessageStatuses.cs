namespace BulkSms.TwilioSimulator;

/// <summary>Twilio's words for where a message is.</summary>
public static class MessageStatuses
{
    /// <summary>Taken by a Messaging Service, no sender chosen yet.</summary>
    public const string Accepted = "accepted";

    /// <summary>Waits for its <c>SendAt</c>.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>A sender is chosen.</summary>
    public const string Queued = "queued";

    /// <summary>On its way to the carrier.</summary>
    public const string Sending = "sending";

    /// <summary>The carrier has it.</summary>
    public const string Sent = "sent";

    /// <summary>Final: the carrier says that it arrived.</summary>
    public const string Delivered = "delivered";

    /// <summary>Final: the carrier says that it did not arrive.</summary>
    public const string Undelivered = "undelivered";

    /// <summary>Final: it never left Twilio.</summary>
    public const string Failed = "failed";

    /// <summary>Final: a scheduled message that was called off.</summary>
    public const string Canceled = "canceled";

    /// <summary>Final, after <see cref="Delivered"/>: over RCS and WhatsApp a phone tells that it was read.</summary>
    public const string Read = "read";

    internal static bool IsFinal(string status) => status is Delivered or Undelivered or Failed or Canceled or Read;
}

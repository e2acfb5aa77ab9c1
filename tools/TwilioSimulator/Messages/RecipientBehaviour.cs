namespace BulkSms.TwilioSimulator;

/// <summary>What happens to messages for one number. Default: accepted and delivered.</summary>
public sealed record RecipientBehaviour
{
    /// <summary>Refuses every create with this code (HTTP 400 unless Twilio uses another), for example 21614. Default none.</summary>
    public int? RejectCode { get; init; }

    /// <summary>Where an accepted message ends: delivered, undelivered or failed. Default delivered.</summary>
    public string FinalStatus
    {
        get;
        init => field = value is MessageStatuses.Delivered or MessageStatuses.Undelivered or MessageStatuses.Failed
            ? value
            : throw new ArgumentException($"'{value}' is not where a message ends.", nameof(value));
    } = MessageStatuses.Delivered;

    /// <summary>The code of a message that ends undelivered or failed, for example 30005. Default none.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The channel that the Messaging Service chooses for it: <c>rcs</c>, where its pool has an RCS sender and the phone can do it, or <c>whatsapp</c>. Default none: SMS or MMS.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether the phone tells that a delivered message was read. Default false.</summary>
    public bool Reads { get; init; }

    internal static RecipientBehaviour Default { get; } = new();
}

using BulkSms.Recipients;
using BulkSms.Segments;

namespace BulkSms.Broadcasts;

/// <summary>A request that has been validated: this text to these recipients.</summary>
/// <param name="Message">1 to 1,600 UTF-16 code units, well-formed.</param>
/// <param name="Recipients">At least one unique canonical number.</param>
public sealed record BroadcastRequest(string Message, RecipientList Recipients)
{
    /// <summary>Not before; null, or a time in the past: at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Not after; null: <see cref="BroadcastOptions.ExpireAfter"/> after it is due.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When nobody is texted, by the recipient's clock; null: there is no such time.</summary>
    public QuietHours? Quiet { get; init; }

    public MessageSegments Segments { get; } = MessageSegments.Of(Message);
}

using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Everything that a request says but for its recipients.</summary>
/// <param name="Message">1 to 1,600 UTF-16 code units, well-formed.</param>
public sealed record BroadcastTerms(string Message)
{
    /// <summary>Not before; null, or a time in the past: at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Not after; null: <see cref="BroadcastOptions.ExpireAfter"/> after it is due.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When nobody is texted, by the recipient's clock; null: there is no such time.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>How the numbers are read.</summary>
    public NumberRules Numbers { get; init; } = NumberRules.E164;
}

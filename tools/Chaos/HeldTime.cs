using BulkSms.Common;

namespace BulkSms.Chaos;

/// <summary>A time in which nothing may be sent, but for what was on its way.</summary>
/// <param name="Why">The call that asked for it.</param>
/// <param name="BroadcastId">Of this broadcast; null: of any.</param>
/// <param name="To">To this number; null: to any.</param>
/// <param name="From">When the 2xx had come.</param>
public sealed record HeldTime(string Why, string? BroadcastId, string? To, DateTimeOffset From)
{
    /// <summary>Whether it ends when it is resumed; a cancellation and an opt-out do not.</summary>
    public bool CanBeResumed { get; init; }

    /// <summary>Just before it was resumed.</summary>
    public DateTimeOffset Until { get; set; } = DateTimeOffset.MaxValue;

    public bool Covers(string? broadcastId, string to, DateTimeOffset at) =>
        (BroadcastId is null || BroadcastId == broadcastId) && (To is null || To == to) && at > From && at < Until;
}

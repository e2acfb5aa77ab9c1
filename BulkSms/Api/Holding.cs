using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.SendingControl;

namespace BulkSms.Api;

/// <summary>What holds the pending recipients of a broadcast.</summary>
/// <param name="broadcast">Whose recipients.</param>
/// <param name="control">What is held, as it was read.</param>
/// <param name="now">The time.</param>
/// <param name="isOthers">Whether it was accepted for another Twilio account.</param>
public sealed class Holding(Broadcast broadcast, ControlSet control, DateTimeOffset now, bool isOthers = false)
{
    private readonly string? all = broadcast.IsCanceled ? null
        : control.SuspensionOf(broadcast.Profile) is not null ? HeldFor.Suspended
        : control.IsPaused(broadcast.Id, broadcast.IsCanceled) ? HeldFor.Pause
        : isOthers ? HeldFor.Account
        : null;

    /// <summary>Why a recipient is not sent to now; null: nothing holds it, or it is not pending.</summary>
    public string? Of(Recipient row) => row.Status != RecipientStatus.Pending ? null
        : all ?? row.HeldFor ?? (IsHeldByQuietHours(row) ? HeldFor.QuietHours : null);

    // Before the time that it is scheduled for, the schedule holds it, whatever the hour is now.
    private bool IsHeldByQuietHours(Recipient row) =>
        broadcast.Quiet is { } quiet && !(broadcast.SendAt > now) && row.DueAt > now && !(quiet.FirstAllowed(quiet.ZonesOf(row.To), now) <= now);
}

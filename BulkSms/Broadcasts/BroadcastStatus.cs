namespace BulkSms.Broadcasts;

/// <summary>What is left to do for a broadcast's recipients.</summary>
public enum RecipientsLeft
{
    /// <summary>Some are ours to send to or to reconcile.</summary>
    Open,

    /// <summary>Everything is handed over; some have no final status.</summary>
    Submitted,

    /// <summary>Every recipient has a final status.</summary>
    None,
}

/// <summary>A broadcast's statuses, and the one function that says which it is in.</summary>
public static class BroadcastStatus
{
    /// <summary>It is not due yet.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>Another caller has to approve it: nothing of it is sent before.</summary>
    public const string AwaitingApproval = "awaitingApproval";

    /// <summary>Its recipients' rows are being written.</summary>
    public const string Preparing = "preparing";

    /// <summary>Recipients wait for Twilio.</summary>
    public const string Sending = "sending";

    public const string Paused = "paused";

    /// <summary>Canceled; what is in flight comes to its end.</summary>
    public const string Canceling = "canceling";

    /// <summary>Everything is handed over, some without a final status.</summary>
    public const string Finishing = "finishing";

    public const string Completed = "completed";
    public const string Canceled = "canceled";

    /// <summary>In the order in which a broadcast may come to them.</summary>
    public static IReadOnlyList<string> All { get; } = [Scheduled, AwaitingApproval, Preparing, Sending, Paused, Canceling, Finishing, Completed, Canceled];

    /// <summary>Nothing more will happen to it by itself.</summary>
    public static bool IsFinal(string status) => status is Completed or Canceled;

    /// <summary>The status.</summary>
    /// <param name="broadcast">Its row.</param>
    /// <param name="isPaused">Whether a pause holds it. One that has outlived what it held says nothing.</param>
    /// <param name="left">What is left to do for its recipients.</param>
    /// <param name="now">The time.</param>
    public static string Of(Broadcast broadcast, bool isPaused, RecipientsLeft left, DateTimeOffset now) => broadcast switch
    {
        _ when IsAtItsEnd(broadcast, left) => broadcast.IsCanceled ? Canceled : Completed,
        { IsCanceled: true } => Canceling,
        { AwaitsApproval: true } => AwaitingApproval,
        { FannedOutAt: not null } when left is not RecipientsLeft.Open => Finishing,
        _ when isPaused => Paused,
        _ when broadcast.SendAt > now => Scheduled,
        { FannedOutAt: null, Canary: not null } when broadcast.FannedOut == broadcast.CanaryCount => Sending,
        { FannedOutAt: null } => Preparing,
        _ => Sending,
    };

    /// <summary>The status by the row alone, as the last sweep left it, for those who count no recipients. It may lag by the time between two sweeps.</summary>
    /// <param name="broadcast">Its row.</param>
    /// <param name="isPaused">Whether a pause holds it.</param>
    /// <param name="now">The time.</param>
    public static string AsStored(Broadcast broadcast, bool isPaused, DateTimeOffset now) =>
        Of(broadcast, isPaused, broadcast.HandedOverAt is null ? RecipientsLeft.Open : RecipientsLeft.Submitted, now);

    /// <summary>The status that it had when it was accepted: a repeat of the request is answered as the first.</summary>
    public static string AtAcceptance(Broadcast broadcast) => broadcast.Approval is not null ? AwaitingApproval : broadcast.SendAt > broadcast.CreatedAt ? Scheduled : Preparing;

    // Before the sweeper has noted it, too.
    private static bool IsAtItsEnd(Broadcast broadcast, RecipientsLeft left) =>
        broadcast.CompletedAt is not null || (broadcast.FannedOutAt is not null && left is RecipientsLeft.None);
}

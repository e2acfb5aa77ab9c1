namespace BulkSms.Outbox;

/// <summary>What other systems can be told of.</summary>
public static class EventTypes
{
    /// <summary>Every recipient of a broadcast has a final status.</summary>
    public const string BroadcastCompleted = "broadcast.completed";

    /// <summary>A broadcast is paused, by a caller or by itself.</summary>
    public const string BroadcastPaused = "broadcast.paused";

    /// <summary>A broadcast waits for a person's approval.</summary>
    public const string BroadcastApprovalNeeded = "broadcast.approvalNeeded";

    /// <summary>A broadcast has come to its end because it was canceled.</summary>
    public const string BroadcastCanceled = "broadcast.canceled";

    /// <summary>All sending is suspended.</summary>
    public const string SendingSuspended = "sending.suspended";

    /// <summary>Sending goes on.</summary>
    public const string SendingResumed = "sending.resumed";

    /// <summary>A recipient has a final status. These come in batches.</summary>
    public const string RecipientFinished = "recipient.finished";

    /// <summary>Phones were put on the opt-out list, or taken off it.</summary>
    public const string OptOutChanged = "optout.changed";

    /// <summary>A text came that is no opt-out.</summary>
    public const string MessageReceived = "message.received";

    /// <summary>A caller asked for a test of an endpoint. It is sent to that endpoint, whatever types it wants.</summary>
    public const string EndpointTest = "endpoint.test";

    /// <summary>Those that an endpoint may want.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        BroadcastCompleted, BroadcastPaused, BroadcastApprovalNeeded, BroadcastCanceled, SendingSuspended, SendingResumed, RecipientFinished, OptOutChanged, MessageReceived,
    ];
}

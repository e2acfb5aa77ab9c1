namespace BulkSms.Security;

/// <summary>What a caller's token may say. Which endpoint needs which stands with the endpoint: see <see cref="ApiEndpoint.Role"/>.</summary>
public static class CallerRoles
{
    /// <summary>May send: broadcasts and their previews.</summary>
    public const string Send = "Broadcast.Send";

    /// <summary>May ask for high priority, beside <see cref="Send"/>.</summary>
    public const string SendHigh = "Broadcast.SendHigh";

    /// <summary>May look at everything, numbers included.</summary>
    public const string Read = "Broadcast.Read";

    /// <summary>May approve and reject broadcasts that others have sent.</summary>
    public const string Approve = "Broadcast.Approve";

    /// <summary>May pause, cancel, suspend, replay and erase, and change the opt-outs.</summary>
    public const string Manage = "Broadcast.Manage";
}

namespace BulkSms.Holds;

/// <summary>Why a broadcast is not sent now.</summary>
public enum HoldKind
{
    /// <summary>Until somebody resumes it.</summary>
    Paused,

    /// <summary>For good.</summary>
    Canceled,
}

/// <summary>All sending is stopped.</summary>
/// <param name="Code">Twilio's code; 0 when an operator did it.</param>
/// <param name="Reason">In words.</param>
/// <param name="Since">When.</param>
public sealed record Halt(int Code, string Reason, DateTimeOffset Since);

/// <summary>Everything that is held, as of one reading.</summary>
/// <param name="Halt">The halt of all sending; null when there is none.</param>
/// <param name="Broadcasts">Held broadcasts by id.</param>
public sealed record HoldSet(Halt? Halt, IReadOnlyDictionary<string, HoldKind> Broadcasts)
{
    public static HoldSet None { get; } = new(null, new Dictionary<string, HoldKind>(StringComparer.Ordinal));

    public bool Stop(string broadcastId) => Halt is not null || Broadcasts.ContainsKey(broadcastId);

    public HoldKind? Of(string broadcastId) => Broadcasts.TryGetValue(broadcastId, out var kind) ? kind : null;
}

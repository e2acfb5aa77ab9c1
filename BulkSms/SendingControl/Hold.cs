using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.SendingControl;

/// <summary>Why a broadcast is not sent now.</summary>
public enum ControlKind
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
public sealed record Suspension(int Code, string Reason, DateTimeOffset Since);

/// <summary>A held broadcast.</summary>
/// <param name="Kind">How.</param>
/// <param name="Reason">Why it paused itself; null: somebody did it.</param>
/// <param name="ETag">Of its row.</param>
public sealed record BroadcastControl(ControlKind Kind, string? Reason, Azure.ETag ETag = default);

/// <summary>A country that a broadcast is sent to no more: Twilio refuses every message to it.</summary>
/// <param name="BroadcastId">The broadcast.</param>
/// <param name="Country">See <see cref="Recipients.PhoneNumber.CountryOf"/>.</param>
/// <param name="Code">Twilio's code.</param>
public sealed record CountryStop(string BroadcastId, string Country, int Code);

/// <summary>Everything that is held, as of one reading.</summary>
/// <param name="Suspension">The halt of all sending; null when there is none.</param>
/// <param name="Broadcasts">Held broadcasts by id.</param>
/// <param name="Countries">Stopped countries by broadcast.</param>
public sealed record ControlSet(Suspension? Suspension, IReadOnlyDictionary<string, BroadcastControl> Broadcasts, ILookup<string, CountryStop> Countries)
{
    /// <summary>Why this number is sent nothing of this broadcast; null when it may be.</summary>
    public CountryStop? CountryStopOf(string broadcastId, string number) => Countries.Contains(broadcastId)
        ? Countries[broadcastId].FirstOrDefault(stop => stop.Country == Recipients.PhoneNumber.CountryOf(number))
        : null;

    public bool Stop(string broadcastId) => Suspension is not null || Broadcasts.ContainsKey(broadcastId);

    public ControlKind? Of(string broadcastId) => Broadcasts.GetValueOrDefault(broadcastId)?.Kind;

    /// <summary>Why a broadcast paused itself; null when it did not.</summary>
    public string? ReasonOf(string broadcastId) => Broadcasts.GetValueOrDefault(broadcastId)?.Reason;
}

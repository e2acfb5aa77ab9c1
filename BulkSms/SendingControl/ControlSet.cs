using BulkSms.Common;
using BulkSms.Profiles;
using BulkSms.Recipients;

namespace BulkSms.SendingControl;

/// <summary>Why a broadcast is not sent now.</summary>
public enum ControlKind
{
    /// <summary>Until an operator resumes it.</summary>
    Paused,

    /// <summary>For good.</summary>
    Canceled,
}

/// <summary>All sending, or that by one profile, is stopped.</summary>
/// <param name="Code">Twilio's code; 0 when an operator did it.</param>
/// <param name="Reason">In words.</param>
/// <param name="Since">When.</param>
/// <param name="NextProbeAt">When one message is sent to find out whether it has ended by itself; null: a person resumes it.</param>
/// <param name="ETag">Of its row.</param>
/// <param name="Profile">The profile that is stopped; null: all sending is.</param>
public sealed record Suspension(int Code, string Reason, DateTimeOffset Since, DateTimeOffset? NextProbeAt = null, Azure.ETag ETag = default, string? Profile = null)
{
    /// <summary>Whether one message may go, to find out.</summary>
    public bool IsProbeDue(DateTimeOffset now) => NextProbeAt <= now;
}

/// <summary>An instance whose circuit breaker is open: the provider is away, as it sees it.</summary>
/// <param name="Instance">Which.</param>
/// <param name="Since">When it opened.</param>
/// <param name="NextProbeAt">When it makes the next call, to find out.</param>
/// <param name="Reason">What the last call failed with.</param>
/// <param name="Profile">Whose calls it stops.</param>
public sealed record OpenCircuit(string Instance, DateTimeOffset Since, DateTimeOffset NextProbeAt, string Reason, string Profile = BulkSms.Profiles.Profile.DefaultName);

/// <summary>A held broadcast.</summary>
/// <param name="Kind">How.</param>
/// <param name="Reason">Why it paused itself; null: an operator paused it.</param>
/// <param name="ETag">Of its row.</param>
/// <param name="Given">The reason that the operator gave who paused it; null: none was given, or it paused itself.</param>
public sealed record BroadcastControl(ControlKind Kind, string? Reason, Azure.ETag ETag = default, string? Given = null);

/// <summary>A country that a broadcast is sent to no more: Twilio refuses every message to it.</summary>
/// <param name="BroadcastId">The broadcast.</param>
/// <param name="Country">See <see cref="Recipients.PhoneNumber.CountryOf"/>.</param>
/// <param name="Code">Twilio's code.</param>
public sealed record CountryStop(string BroadcastId, string Country, int Code);

/// <summary>Everything that is held, as of one reading.</summary>
/// <param name="Suspension">The suspension of all sending; null when there is none.</param>
/// <param name="Broadcasts">Held broadcasts by id.</param>
/// <param name="Countries">Stopped countries by broadcast.</param>
/// <param name="Circuits">Instances whose circuit breaker is open, also those that have died since.</param>
/// <param name="Reconciliation">The last one after a restore, or the one that runs and suspends sending; null: there was none.</param>
/// <param name="OfProfiles">The suspensions of single profiles, by name; null: there are none.</param>
public sealed record ControlSet(
    Suspension? Suspension, IReadOnlyDictionary<string, BroadcastControl> Broadcasts, ILookup<string, CountryStop> Countries, IReadOnlyList<OpenCircuit> Circuits,
    Reconciliation? Reconciliation = null, IReadOnlyDictionary<string, Suspension>? OfProfiles = null)
{
    /// <summary>How long after its probe was due an instance may be silent before it is held to be dead: a probe may wait for a message to send.</summary>
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(15);

    /// <summary>Instances that are alive, as far as is known, and whose circuit breaker is open.</summary>
    public IEnumerable<OpenCircuit> OpenAt(DateTimeOffset now) => Circuits.Where(circuit => now - circuit.NextProbeAt < DeadAfter);
    /// <summary>Why this number is sent nothing of this broadcast; null when it may be.</summary>
    public CountryStop? CountryStopOf(string broadcastId, string number) => Countries.Contains(broadcastId)
        ? Countries[broadcastId].FirstOrDefault(stop => stop.Country == Recipients.PhoneNumber.CountryOf(number))
        : null;

    /// <summary>All suspensions.</summary>
    public IEnumerable<Suspension> Suspensions => [.. Suspension is null ? Array.Empty<Suspension>() : [Suspension], .. OfProfiles?.Values ?? []];

    /// <summary>The suspension of a profile alone; null: there is none.</summary>
    /// <param name="profile">Its name; null: <c>default</c>.</param>
    public Suspension? OfProfile(string? profile) => OfProfiles?.GetValueOrDefault(profile ?? Profile.DefaultName);

    /// <summary>What stops the messages of a profile; null: nothing does.</summary>
    /// <inheritdoc cref="OfProfile"/>
    public Suspension? SuspensionOf(string? profile) => Suspension ?? OfProfile(profile);

    /// <summary>The suspension that a message of a profile may probe now; null: none. One that is suspended for two reasons probes neither.</summary>
    public Suspension? DueProbeOf(string? profile, DateTimeOffset now) =>
        (Suspension is null || OfProfile(profile) is null) && SuspensionOf(profile) is { } suspension && suspension.IsProbeDue(now) ? suspension : null;

    public bool Stop(string broadcastId, string? profile = null) => SuspensionOf(profile) is not null || Broadcasts.ContainsKey(broadcastId);

    /// <summary>How a broadcast is held; null: it is not. Every question whether a broadcast is canceled or paused is answered here.</summary>
    /// <param name="broadcastId">Which.</param>
    /// <param name="isMarkedCanceled">Whether its own row says that it is canceled. That comes first and stays; the row read here ends with the broadcast.</param>
    public BroadcastControl? Of(string broadcastId, bool isMarkedCanceled) =>
        isMarkedCanceled ? new(ControlKind.Canceled, null) : Broadcasts.GetValueOrDefault(broadcastId);

    /// <inheritdoc cref="Of"/>
    public bool IsCanceled(string broadcastId, bool isMarkedCanceled) => Of(broadcastId, isMarkedCanceled)?.Kind is ControlKind.Canceled;

    /// <inheritdoc cref="Of"/>
    public bool IsPaused(string broadcastId, bool isMarkedCanceled) => Of(broadcastId, isMarkedCanceled)?.Kind is ControlKind.Paused;
}

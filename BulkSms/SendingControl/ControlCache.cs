using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.SendingControl;

/// <summary>
/// What a sender knows of holds. "Go" may be up to 5 s old when the call begins, so the happy path reads nothing; "stop" is believed only after a reading
/// that began after the question, so that a send job is never dropped for a pause that has ended. What this instance has
/// written itself is in force at once: see <see cref="ControlRows.Version"/>.
/// </summary>
public sealed class ControlCache
{
    /// <summary>How old "go" may be when a call begins: a hold is in force on every instance after this.</summary>
    private static readonly TimeSpan InForceAfter = TimeSpan.FromSeconds(5);

    /// <summary>How old a reading may be to ask for nothing new; what is left is for the claim.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(3);
    private readonly ControlRows rows;
    private readonly ControlTable table;
    private readonly TimeProvider time;
    private readonly SharedReading<Known> readings;
    private Known? known;

    public ControlCache(ControlRows rows, ControlTable table, TimeProvider time)
    {
        (this.rows, this.table, this.time) = (rows, table, time);
        readings = new(ReadTableAsync);
    }

    /// <summary>Whether a broadcast of a profile (null: <c>default</c>) may be sent to a number now, and until when that may be believed.</summary>
    public async Task<Permission> AskAsync(string broadcastId, string number, string? profile, CancellationToken cancellation)
    {
        if (Volatile.Read(ref known) is { IsOld.HasPassed: false } recent && recent.Version == rows.Version && Of(recent, broadcastId, number, profile) is { IsGo: true } go)
        {
            return go;
        }

        return Of(await readings.ReadAsync().WaitAsync(cancellation), broadcastId, number, profile);
    }

    private Permission Of(Known known, string broadcastId, string number, string? profile)
    {
        var probe = known.Holds.DueProbeOf(profile, time.GetUtcNow());
        var isHeld = known.Holds.Broadcasts.ContainsKey(broadcastId) || (known.Holds.SuspensionOf(profile) is not null && probe is null);
        return new(isHeld ? null : known.GoUntil, known.Holds.CountryStopOf(broadcastId, number), probe);
    }

    /// <summary>What is held, read now or later than now.</summary>
    public async Task<ControlSet> ReadAsync() => (await readings.ReadAsync()).Holds;

    private async Task<Known> ReadTableAsync()
    {
        var (version, isOld, goUntil) = (rows.Version, new Deadline(time, MaxAge), new Deadline(time, InForceAfter));
        var result = new Known(await table.ReadAsync(CancellationToken.None), version, isOld, goUntil);
        Volatile.Write(ref known, result);
        return result;
    }

    /// <param name="Window">The time in which a call may begin, from the reading that says so; null while the broadcast is held.</param>
    /// <param name="Stop">The stop of the number's country; null when there is none.</param>
    /// <param name="Probe">Sending is suspended, and one message may go to find out whether that has ended: the instance that takes the probe sends it; null else.</param>
    public readonly record struct Permission(Deadline? Window, CountryStop? Stop, Suspension? Probe = null)
    {
        public bool IsGo => Window is not null && Stop is null && Probe is null;
    }

    private sealed record Known(ControlSet Holds, int Version, Deadline IsOld, Deadline GoUntil);
}

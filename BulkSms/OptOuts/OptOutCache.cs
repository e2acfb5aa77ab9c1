using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.OptOuts;

/// <summary>
/// What an instance knows of opt-outs: the whole list, loaded once and brought forward by the log of changes. One query serves all who ask at the same
/// time, however many broadcasts begin.
/// </summary>
public sealed class OptOutCache
{
    /// <summary>How old knowledge may be where a later check follows: accept.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    /// <summary>How long the list is brought forward before it is loaded anew.</summary>
    private static readonly TimeSpan ReloadAfter = TimeSpan.FromHours(1);

    /// <summary>How long after a reading the log still has every change since: well below how long the log is kept. After that the list is loaded, and waited for.</summary>
    private static readonly TimeSpan BridgedFor = OptOutList.LogKeptFor / 4;

    /// <summary>Changes are read again from this long before the last reading: storage tells the time in whole seconds.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private readonly OptOutList list;
    private readonly TimeProvider time;
    private readonly SharedReading<Known> readings;
    private Known? known;
    private Task<OptOutSet>? reload;

    public OptOutCache(OptOutList list, TimeProvider time)
    {
        (this.list, this.time) = (list, time);
        readings = new(BringForwardAsync);
    }

    /// <summary>Who has opted out, as of a time at most 5 s ago.</summary>
    public async Task<OptOutSet> RecentAsync() =>
        Volatile.Read(ref known) is { IsOld.HasPassed: false } recent ? recent.Set : await ReadAsync();

    /// <summary>Who has opted out, read now or later than now.</summary>
    public async Task<OptOutSet> ReadAsync() => (await readings.ReadAsync()).Set;

    // One at a time: see SharedReading.
    private async Task<Known> BringForwardAsync()
    {
        var isOld = new Deadline(time, MaxAge);
        var isUnbridged = new Deadline(time, BridgedFor);
        var before = Volatile.Read(ref known);
        var next = before is null or { IsUnbridged.HasPassed: true }
            ? new Known(await LoadAsync(), isOld, new(time, ReloadAfter), isUnbridged)
            : Reloaded(await ChangedAsync(before) with { IsOld = isOld, IsUnbridged = isUnbridged });
        Volatile.Write(ref known, next);
        return next;
    }

    private Task<OptOutSet> LoadAsync()
    {
        reload = null; // one that was begun before the silence is older than this
        return list.LoadAsync(CancellationToken.None);
    }

    private async Task<Known> ChangedAsync(Known before)
    {
        var (changes, asOf) = await list.ChangesSinceAsync(before.Set.AsOf - Overlap, CancellationToken.None);
        var next = before.Set.With(changes, asOf);
        var now = before with { Set = changes.Any(change => change.IsKept) ? next.WithKept(await list.LoadKeptAsync(CancellationToken.None)) : next }; // they are few
        var asked = changes.Where(change => change.IsReload).Select(change => change.At).DefaultIfEmpty().Max();
        if (asked <= before.AskedToReload)
        {
            return now;
        }

        reload = null; // one that has begun may be older
        return now with { AskedToReload = asked, MustReload = new(time, TimeSpan.FromTicks(-1)) };
    }

    // Loading may take seconds: only the first caller waits for it.
    private Known Reloaded(Known now)
    {
        if (!now.MustReload.HasPassed)
        {
            return now;
        }

        reload ??= list.LoadAsync(CancellationToken.None);
        if (!reload.IsCompleted)
        {
            return now;
        }

        var ended = reload;
        reload = null;
        return ended.IsCompletedSuccessfully
            ? now with { Set = now.Set.On(ended.Result, ended.Result.AsOf - Overlap), MustReload = new(time, ReloadAfter) }
            : now; // the next reading begins another
    }

    /// <param name="Set">The list.</param>
    /// <param name="IsOld">When it is brought forward.</param>
    /// <param name="MustReload">When it is loaded anew.</param>
    /// <param name="IsUnbridged">When the log may lack a change since.</param>
    /// <param name="AskedToReload">The last line of the log that asked for that: it may be read several times.</param>
    private sealed record Known(OptOutSet Set, Deadline IsOld, Deadline MustReload, Deadline IsUnbridged, DateTimeOffset AskedToReload = default);
}

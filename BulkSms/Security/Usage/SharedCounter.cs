using BulkSms.Storage;

namespace BulkSms.Security.Usage;

/// <summary>
/// What one holder has used, of all instances together: a row under its ETag, from which this instance takes before anything is accepted. Requests that come at once take with one
/// write. Under load this instance takes ahead what the next seconds need, at most a thousandth of the limit. What is taken and not used, since the instance ends or storage does
/// not say whether a write was applied, stays used until the window ends: less is accepted, never more.
/// </summary>
internal sealed class SharedCounter(UsageTable table, string holder, UsageKind kind, TimeProvider time) : IDisposable
{
    /// <summary>The part of a limit that an instance may have taken without need.</summary>
    internal const int AheadPart = 1000;

    private const int MostTries = 30;
    private const int MostFaults = 2;
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim gate = new(1);
    private readonly string instance = Guid.NewGuid().ToString("N");
    private long waiting; // what requests before the gate are going to take
    private long free; // what this instance has taken and not used
    private UsageWindow window = new("", default);
    private UsageRow? row; // as it was last read or written here; null: it must be read
    private (string Writer, long Amount)? unsure; // a write of which storage did not say whether it was applied
    private long writes;
    private Exception? fault; // the last time that storage did not answer
    private long usedSince; // since the last write that took
    private long? tookAt;

    /// <summary>What is taken and not used here, in a window.</summary>
    public long FreeIn(UsageWindow of) => window == of ? Interlocked.Read(ref free) : 0;

    /// <summary>Takes an amount, if the limit allows it.</summary>
    /// <returns>The window that it counts in; or what is used of it, when it was not taken.</returns>
    /// <exception cref="Exception">Storage is away: nothing is taken for this request.</exception>
    public async Task<(UsageWindow Window, UsageState? Refusal)> TakeAsync(UsageLimit limit, long amount)
    {
        Interlocked.Add(ref waiting, amount);
        var before = Volatile.Read(ref fault);
        await gate.WaitAsync();
        try
        {
            Interlocked.Add(ref waiting, -amount);
            Turn();
            if (free < amount && fault != before)
            {
                throw new TimeoutException("Storage did not answer when this was waiting for it.", fault); // not one after the other, each for as long as a call may take
            }

            if (free < amount && !await RefillAsync(limit.Most, amount))
            {
                return (window, new(limit, row!.Used - free, window.Ends));
            }

            free -= amount;
            usedSince += amount;
            return (window, null);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Gives back what was taken and came to nothing. It never throws: what storage does not take back stays used.</summary>
    public async Task ReturnAsync(UsageLimit limit, UsageWindow of, long amount)
    {
        await gate.WaitAsync();
        try
        {
            Turn();
            if (window == of)
            {
                free += amount;
                await (free > limit.Most / AheadPart ? PutBackAsync() : Task.CompletedTask); // others may need it
            }
        }
        catch (Exception e) when (e.IsUnavailable())
        {
            // the next request of this instance uses what is still free
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private void Turn()
    {
        var now = UsageWindow.Of(kind, time.GetUtcNow());
        if (now != window)
        {
            (window, free, row, unsure) = (now, 0, null, null);
        }
    }

    private async Task<bool> RefillAsync(long most, long amount)
    {
        try
        {
            return await TryRefillAsync(most, amount);
        }
        catch (Exception e) when (e.IsUnavailable())
        {
            fault = e;
            throw;
        }
    }

    private async Task<bool> TryRefillAsync(long most, long amount)
    {
        var faults = 0;
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var isFresh = row is null;
            await ReadAsync();
            var (need, left) = (amount - free, most - row!.Used);
            if (need <= 0)
            {
                return true;
            }

            if (need > left && isFresh)
            {
                return false;
            }

            if (need > left)
            {
                row = null; // others may have given something back
                continue;
            }

            var more = Interlocked.Read(ref waiting) is var others && need + others <= left ? others : 0;
            var wanted = need + more + Math.Min(Ahead(most), left - need - more);
            try
            {
                if (await WriteAsync(wanted))
                {
                    (free, usedSince, tookAt) = (free + wanted, 0, time.GetTimestamp());
                    return true;
                }
            }
            catch (Exception e) when (e.IsUnavailable() && ++faults <= MostFaults)
            {
                // the row says whether it was applied
            }
        }

        throw new TimeoutException("A counter was written by others each time."); // to a caller it is as if storage were away
    }

    private async Task PutBackAsync()
    {
        for (var tries = 1; tries <= MostTries && free > 0; tries++)
        {
            await ReadAsync();
            var back = free;
            free = 0; // until it is known that it was not put back
            try
            {
                free = await WriteAsync(-back) ? 0 : back;
            }
            catch (Exception e) when (e.IsNeverSent())
            {
                free = back;
                throw;
            }
        }
    }

    // What an earlier write took, of which it was not known, is there if the row is by that write; else it counts as lost.
    private async Task ReadAsync()
    {
        if (row is not null)
        {
            return;
        }

        row = await table.ReadAsync(holder, window);
        free += unsure is { } write && write.Writer == row.Writer ? write.Amount : 0;
        unsure = null;
    }

    private async Task<bool> WriteAsync(long amount)
    {
        var next = row! with { Used = row.Used + amount, Writer = $"{instance}.{++writes}" };
        (row, unsure) = (null, amount > 0 ? (next.Writer, amount) : null);
        var version = await table.TryWriteAsync(holder, window, next);
        unsure = null;
        row = version is null ? null : next with { Version = version };
        return version is not null;
    }

    // Twice what was used since the last time, if that was a moment ago.
    private long Ahead(long most) => tookAt is { } at && time.GetElapsedTime(at) < Busy ? Math.Min(most / AheadPart, 2 * usedSince) : 0;
}

namespace BulkSms.Holds;

/// <summary>
/// What a sender knows of holds. "Go" may be up to 5 s old, so the happy path reads nothing; "stop" is believed only after a reading that began after
/// the question, so that a nudge is never dropped for a hold that has ended.
/// </summary>
public sealed class HoldWatch(HoldTable table, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(4); // and a second for the call that follows
    private readonly Lock @lock = new();
    private Reading? running;
    private Reading? next;
    private Known? known;

    /// <summary>Whether a message of this broadcast may be sent now.</summary>
    public async Task<bool> MayGoAsync(string broadcastId, CancellationToken cancellation)
    {
        var before = Volatile.Read(ref known);
        var fresh = before is not null && time.GetElapsedTime(before.At) < MaxAge;
        return (fresh && !before!.Holds.Stop(broadcastId))
            || !(await ReadAsync().WaitAsync(cancellation)).Stop(broadcastId);
    }

    /// <summary>A reading that begins now or later, shared by all who ask meanwhile.</summary>
    public Task<HoldSet> ReadAsync()
    {
        lock (@lock)
        {
            if (running is null)
            {
                var begun = running = new Reading();
                _ = RunAsync(begun); // may have ended when it returns
                return begun.Result.Task;
            }

            next ??= new Reading(); // the running one began before the question
            return next.Result.Task;
        }
    }

    /// <summary>Forgets what is known: the next question reads.</summary>
    public void Forget() => Volatile.Write(ref known, null);

    private async Task RunAsync(Reading reading)
    {
        var begun = time.GetTimestamp();
        try
        {
            var holds = await table.ReadAsync(CancellationToken.None);
            Volatile.Write(ref known, new(holds, begun));
            Ended();
            reading.Result.TrySetResult(holds);
        }
        catch (Exception e)
        {
            Ended();
            reading.Result.TrySetException(e);
        }
    }

    private void Ended()
    {
        lock (@lock)
        {
            (running, next) = (next, null);
            if (running is not null)
            {
                _ = RunAsync(running);
            }
        }
    }

    private sealed record Known(HoldSet Holds, long At);

    private sealed class Reading
    {
        public TaskCompletionSource<HoldSet> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

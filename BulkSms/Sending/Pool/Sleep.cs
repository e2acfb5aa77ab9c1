namespace BulkSms.Sending.Pool;

/// <summary>Waiting that can be ended from outside. One waits at a time.</summary>
/// <param name="time">The clock.</param>
public sealed class Sleep(TimeProvider time)
{
    private readonly Lock @lock = new();
    private CancellationTokenSource? sleeping;
    private long begun;
    private TimeSpan? length;
    private int wakes;

    /// <summary>How often it was ended; read before what makes one wait, and given to <see cref="ForAsync"/>, so that no end is missed.</summary>
    public int Wakes => Volatile.Read(ref wakes);

    /// <summary>Whether it waits, and nothing has ended that yet.</summary>
    public bool IsAsleep
    {
        get
        {
            lock (@lock)
            {
                return sleeping is { IsCancellationRequested: false } && (length is null || time.GetElapsedTime(begun) < length);
            }
        }
    }

    /// <summary>Waits.</summary>
    /// <param name="wait">How long; null: until it is woken.</param>
    /// <param name="seen">The <see cref="Wakes"/> that it knew of.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ForAsync(TimeSpan? wait, int seen, CancellationToken cancellation)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (@lock)
        {
            if (wakes != seen)
            {
                return;
            }

            (sleeping, begun, length) = (woken, time.GetTimestamp(), wait);
        }

        try
        {
            await Task.Delay(wait ?? Timeout.InfiniteTimeSpan, time, woken.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // woken
        }
        finally
        {
            lock (@lock)
            {
                sleeping = null;
            }
        }
    }

    /// <summary>Ends it.</summary>
    public void Wake()
    {
        lock (@lock)
        {
            wakes++;
            _ = sleeping?.CancelAsync(); // what is woken does not go on within this lock
        }
    }
}

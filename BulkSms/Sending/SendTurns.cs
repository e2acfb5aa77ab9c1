namespace BulkSms.Sending;

/// <summary>
/// Whose turn it is to wait for the rate, of the messages that wait in one instance: each has a place among the calls then. Within a priority first come, first served. While both wait, high priority
/// gets <see cref="HighShare"/> of the segments and normal the rest, so that neither starves; alone, each gets all.
/// </summary>
public sealed class SendTurns
{
    /// <summary>Of the segments, while both wait.</summary>
    public const double HighShare = 0.85;

    private readonly Lock @lock = new();
    private readonly Lane high = new(HighShare);
    private readonly Lane normal = new(1 - HighShare);
    private readonly int places;
    private int free;
    private bool isTaken;

    /// <param name="places">Calls in flight at most, with the one whose turn it is.</param>
    public SendTurns(int places) => this.places = free = places;

    /// <summary>Places that are taken.</summary>
    public int Taken
    {
        get
        {
            lock (@lock)
            {
                return places - free;
            }
        }
    }

    /// <summary>Waits for a place and the turn. Give back both: the turn by <see cref="Pass"/>, the place by <see cref="Leave"/>.</summary>
    /// <param name="isHigh">The priority.</param>
    /// <param name="segments">What the message weighs.</param>
    /// <param name="cancellation">Gives up; nothing is taken then.</param>
    public async Task EnterAsync(bool isHigh, int segments, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (own, other) = isHigh ? (high, normal) : (normal, high);
        var waiter = new Waiter(segments);
        lock (@lock)
        {
            own.Add(waiter, other);
            Give();
        }

        await using var registration = cancellation.UnsafeRegister(_ => GiveUp(own, waiter, cancellation), null);
        await waiter.Task;
    }

    /// <summary>The next may wait for the rate.</summary>
    public void Pass()
    {
        lock (@lock)
        {
            isTaken = false;
            Give();
        }
    }

    /// <summary>The call is over, or is not made.</summary>
    public void Leave()
    {
        lock (@lock)
        {
            free++;
            Give();
        }
    }

    private void GiveUp(Lane lane, Waiter waiter, CancellationToken cancellation)
    {
        lock (@lock)
        {
            if (lane.Remove(waiter))
            {
                waiter.TrySetCanceled(cancellation);
            }
        }
    }

    private void Give()
    {
        if (isTaken || free == 0 || Next() is not { } lane)
        {
            return;
        }

        (isTaken, free) = (true, free - 1);
        lane.Take().TrySetResult();
    }

    private Lane? Next() => (high.IsEmpty, normal.IsEmpty) switch
    {
        (true, true) => null,
        (false, true) => high,
        (true, false) => normal,
        _ => high.Served <= normal.Served ? high : normal,
    };

    private sealed class Waiter(int segments) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Segments => segments;
    }

    // Weighted fair queuing: what was served, in units of the lane's share. A lane that was empty begins where the other is: it has saved nothing up.
    private sealed class Lane(double share)
    {
        private readonly LinkedList<Waiter> waiting = [];

        public double Served { get; private set; }

        public bool IsEmpty => waiting.Count == 0;

        public void Add(Waiter waiter, Lane other)
        {
            if (IsEmpty && !other.IsEmpty)
            {
                Served = Math.Max(Served, other.Served);
            }

            waiting.AddLast(waiter);
        }

        public bool Remove(Waiter waiter) => waiting.Remove(waiter);

        public Waiter Take()
        {
            var first = waiting.First!.Value;
            waiting.RemoveFirst();
            Served += first.Segments / share;
            return first;
        }
    }
}

namespace BulkSms.TwilioSimulator;

/// <summary>Runs short actions later. One timer and one heap serve every message: no task, timer or thread a message.</summary>
internal sealed class Schedule : IAsyncDisposable
{
    private static readonly TimeSpan Granularity = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly PendingWork _pending;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Entry, long> _entries = new();
    private readonly ITimer _timer;
    private long _wakesAt = long.MaxValue;
    private bool _stopped;

    public Schedule(TimeProvider time, PendingWork pending)
    {
        (_time, _pending) = (time, pending);
        _timer = time.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <param name="delay">From now; zero or less means as soon as possible.</param>
    /// <param name="action">Must be quick and must not throw.</param>
    /// <param name="counts">Whether the simulator is busy until then. False for what may be days away.</param>
    public void After(TimeSpan delay, Action action, bool counts = true)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            if (counts)
            {
                _pending.Begin();
            }

            _entries.Enqueue(new Entry(action, counts), _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency));
            WakeForFirst();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            while (_entries.TryDequeue(out var entry, out _))
            {
                End(entry);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        Clear();
        return _timer.DisposeAsync();
    }

    private void RunDue()
    {
        foreach (var entry in TakeDue())
        {
            entry.Action();
            End(entry);
        }
    }

    private List<Entry> TakeDue()
    {
        var due = new List<Entry>();
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            while (_entries.TryPeek(out var entry, out var at) && at <= now)
            {
                _entries.Dequeue();
                due.Add(entry);
            }

            _wakesAt = long.MaxValue;
            WakeForFirst();
        }

        return due;
    }

    private void WakeForFirst()
    {
        if (!_stopped && _entries.TryPeek(out _, out var first) && first < _wakesAt)
        {
            _wakesAt = first;
            var wait = TimeSpan.FromSeconds((double)(first - _time.GetTimestamp()) / _time.TimestampFrequency);
            _timer.Change(wait < Granularity ? Granularity : wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void End(Entry entry)
    {
        if (entry.Counts)
        {
            _pending.End();
        }
    }

    private readonly record struct Entry(Action Action, bool Counts);
}

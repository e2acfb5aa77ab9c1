using BulkSms.Sending.Pool;

namespace BulkSms.Tests.Sending.Pool;

/// <summary>
/// Instances that share a rate, on a clock that is only a number. Storage applies writes late, loses them or their answers; instances join, leave, die, freeze and return, and
/// their wall clocks are set. Each message that is handed over is checked against both bounds.
/// </summary>
internal sealed class SimulatedPool
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> events = new();
    private readonly Queue<(TimeSpan At, int Segments)> tenSeconds = [];
    private readonly Queue<(TimeSpan At, int Segments)> oneSecond = [];
    private readonly int heaviest;
    private long number;
    private long inTenSeconds;
    private long inOneSecond;

    public SimulatedPool(int seed, double rate, int heaviest)
    {
        (Random, Rate, this.heaviest) = (new(seed), rate, heaviest);
        Storage = new(this);
    }

    public Random Random { get; }

    public double Rate { get; }

    public SimulatedStorage Storage { get; }

    public TimeSpan Now { get; private set; }

    /// <summary>Nothing goes wrong any more.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Segments that were handed over.</summary>
    public long Handed { get; private set; }

    /// <summary>Of them, those of high priority.</summary>
    public long HandedHigh { get; private set; }

    /// <summary>What broke a bound first; null: nothing.</summary>
    public string? Violation { get; private set; }

    public bool Chance(double part) => Random.NextDouble() < part;

    public TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + ((to - from) * Random.NextDouble()));

    public int Weight() => 1 + Random.Next(heaviest);

    public void At(TimeSpan time, Action action) => events.Enqueue(action, (time > Now ? time : Now, number++));

    public void RunTo(TimeSpan end)
    {
        while (events.TryPeek(out var action, out var when) && when.At <= end)
        {
            events.Dequeue();
            Now = when.At;
            action();
        }

        Now = end;
    }

    public void HandOver(int segments, bool isHigh)
    {
        Handed += segments;
        HandedHigh += isHigh ? segments : 0;
        inTenSeconds += Count(tenSeconds, PoolTimes.Window, segments);
        inOneSecond += Count(oneSecond, TimeSpan.FromSeconds(1), segments);
        if (inTenSeconds > Math.Max(10 * Rate, heaviest) + 1e-6)
        {
            Violation ??= $"{inTenSeconds} segments in the 10 s to {Now.TotalSeconds:0.000} s, at {Rate} a second";
        }

        if (inOneSecond > Math.Max(2 * Rate, 2 * heaviest) + 1e-6)
        {
            Violation ??= $"{inOneSecond} segments in the second to {Now.TotalSeconds:0.000} s, at {Rate} a second";
        }
    }

    // A window is open at its beginning: two messages just so far apart are not within one.
    private long Count(Queue<(TimeSpan At, int Segments)> window, TimeSpan length, int segments)
    {
        var change = (long)segments;
        window.Enqueue((Now, segments));
        while (window.Peek().At <= Now - length)
        {
            change -= window.Dequeue().Segments;
        }

        return change;
    }
}

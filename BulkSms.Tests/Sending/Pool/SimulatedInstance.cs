using BulkSms.Sending.Pool;

namespace BulkSms.Tests.Sending.Pool;

/// <summary>An instance: it renews its row as <see cref="ShareKeeper"/> does, and hands over as <see cref="BulkSms.Sending.SendRateLimiter"/> does, through the same pure parts.</summary>
/// <param name="pool">Where it is.</param>
/// <param name="isHigh">The priority of its messages.</param>
internal sealed class SimulatedInstance(SimulatedPool pool, bool isHigh = false)
{
    private static readonly PoolTimes Times = PoolTimes.Default;
    private static int names;
    private readonly ShareSchedule schedule = new();
    private readonly DemandMeter meter = new(SharePolicy.DemandKept);
    private HandOver handOver = null!;
    private PoolMember? member;
    private string name = "";
    private string? version;
    private TimeSpan wall; // what its wall clock is off by
    private TimeSpan frozenUntil;
    private TimeSpan usedAt;
    private TimeSpan? firstAt;
    private long life; // of the process; an action of one before does nothing
    private int next;
    private bool isTrying;

    public bool IsHigh => isHigh;

    public bool IsAlive { get; private set; }

    /// <summary>Whether messages wait for it.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>How long the first message has waited since there were some; null: it waits still.</summary>
    public TimeSpan? FirstWait { get; private set; }

    private Moment Moment => new(pool.Now, DateTimeOffset.UnixEpoch + pool.Now + wall);

    public void Start()
    {
        (IsAlive, member, handOver, frozenUntil, isTrying) = (true, null, new(schedule, pool.Rate), default, false);
        schedule.Replace(pool.Now, [new(pool.Now, 0)]);
        life++;
        next = pool.Weight();
    }

    /// <summary>Messages wait from now on.</summary>
    public void Work()
    {
        if (IsBusy)
        {
            return;
        }

        (IsBusy, firstAt, FirstWait) = (true, pool.Now, null);
        if (member is null)
        {
            Join();
        }
        else
        {
            Try();
        }
    }

    public void Rest() => IsBusy = false;

    /// <summary>SIGKILL.</summary>
    public void Die()
    {
        (IsAlive, IsBusy, member) = (false, false, null);
        life++;
    }

    /// <summary>SIGTERM.</summary>
    public void Leave()
    {
        if (member is { } leaving)
        {
            pool.Storage.Write(leaving.Begin(Moment, default, 1), version, Times.Patience, _ => { });
        }

        Die();
    }

    public void Freeze(TimeSpan time) => frozenUntil = pool.Now + time;

    public void SetWallClock(TimeSpan by) => wall += by;

    private void Join()
    {
        (name, version) = ($"i{Interlocked.Increment(ref names):x8}", null);
        member = new(Times, name, pool.Rate, Moment.Wall.UtcTicks);
        usedAt = pool.Now;
        Renew();
    }

    private void Renew()
    {
        if (!IsBusy && pool.Now - usedAt >= Times.Linger)
        {
            schedule.Replace(pool.Now, [new(pool.Now, 0)]);
            pool.Storage.Delete(name, version);
            member = null;
            return;
        }

        var begun = pool.Now;
        var demand = meter.Take(pool.Now, IsBusy ? 60 : 0, pool.Rate);
        var row = member!.Begin(Moment, SharePolicy.Announced(isHigh ? new(demand, 0) : new(0, demand), member.OthersWant), 1);
        pool.Storage.Write(row, version, Times.Patience, Later<string?>(written =>
        {
            if (written is not null)
            {
                version = written;
                member.Written(Moment);
            }

            var from = Moment;
            pool.Storage.Read(Times.Patience, Later<IReadOnlyCollection<ShareReading>?>(rows => Renewed(begun, from, written is not null, rows)));
        }));
    }

    private void Renewed(TimeSpan begun, Moment from, bool written, IReadOnlyCollection<ShareReading>? rows)
    {
        if (rows is not null)
        {
            version = rows.FirstOrDefault(each => each.Row.Instance == name)?.Version;
            member!.Read(from, Moment, rows);
            schedule.Follow(member, pool.Now, pool.Rate, handOver);
            Try();
        }

        When(begun + (written && rows is not null ? Times.Renewal : Times.Retry), Renew);
    }

    private void Try()
    {
        if (!isTrying)
        {
            isTrying = true;
            TryOne();
        }
    }

    private void TryOne()
    {
        while (IsBusy && handOver.TryTake(pool.Now, next, 1) is var wait)
        {
            if (wait is null)
            {
                if (schedule.NextChange(pool.Now) is { } change)
                {
                    When(change, TryOne);
                    return;
                }

                break; // the next renewal tries
            }

            if (wait > TimeSpan.Zero)
            {
                When(pool.Now + (wait.Value < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait.Value) + pool.Between(0, 0.004), TryOne);
                return;
            }

            pool.HandOver(next, isHigh);
            meter.Passed(next);
            FirstWait ??= pool.Now - firstAt;
            (usedAt, next) = (pool.Now, pool.Weight());
        }

        isTrying = false;
    }

    private void When(TimeSpan time, Action action)
    {
        var mine = life;
        pool.At(time, () => Run(mine, action));
    }

    private Action<T> Later<T>(Action<T> action)
    {
        var mine = life;
        return value => Run(mine, () => action(value));
    }

    // A frozen process does what was due when it is thawed.
    private void Run(long of, Action action)
    {
        if (of != life)
        {
            return;
        }

        if (pool.Now < frozenUntil)
        {
            pool.At(frozenUntil, () => Run(of, action));
            return;
        }

        action();
    }
}

namespace BulkSms.Sending.Pool;

/// <summary>
/// One instance's part in the shared rate: what its row is to say, and what it may use, from what it has written and read. Pure but for the time that it is told; not safe for
/// many threads. docs/architecture.md says why all instances together stay below the rate.
/// </summary>
/// <param name="times">The times of the protocol.</param>
/// <param name="instance">Its name, new each time that it begins.</param>
/// <param name="rate">The rate of all, as it is configured.</param>
/// <param name="birth">When it begins, as a number that orders instances.</param>
public sealed class PoolMember(PoolTimes times, string instance, double rate, long birth)
{
    private readonly List<Saying> said = [new(default, TimeSpan.MinValue)];
    private readonly Dictionary<string, (string Version, TimeSpan At)> seen = new(StringComparer.Ordinal);
    private ShareRow row = new(instance, 0, birth, default, rate, 1);
    private Moment begun; // of the write on its way
    private Moment? renewed; // when the last write began that is known to be there
    private View? view;
    private View? before;

    /// <summary>What a row says, as far as others may know it.</summary>
    /// <param name="Demand">The demand.</param>
    /// <param name="Acked">Since when it surely is in the row, if nothing later is; null: it may be there or not.</param>
    private readonly record struct Saying(Demand Demand, TimeSpan? Acked);

    /// <summary>What was read of the others.</summary>
    private sealed record View(TimeSpan Begun, TimeSpan Known, ShareRow[] Others);

    /// <summary>Whether others have something to send.</summary>
    public bool OthersWant => view is { } known && known.Others.Any(other => !other.Demand.IsNone);

    /// <summary>What Twilio's refusals have left of the rate, as the others say it.</summary>
    public double Limit => view is { } known ? known.Others.Where(other => !other.Demand.IsNone).Select(other => other.Limit).DefaultIfEmpty(1).Min() : 1;

    /// <summary>
    /// No other instance has sent within the last <see cref="PoolTimes.Window"/>, as the last reading shows: whichever begins later finds this one's row. It may use all at once.
    /// </summary>
    public bool IsAlone { get; private set; }

    /// <summary>The sequence of the last write that is known to be there.</summary>
    public long WrittenSequence { get; private set; }

    /// <summary>Begins a renewal.</summary>
    /// <returns>What the row is to say.</returns>
    public ShareRow Begin(Moment now, Demand demand, double limit)
    {
        row = row with { Sequence = row.Sequence + 1, Since = !row.Demand.IsNone || demand.IsNone ? row.Since : Math.Max(birth, now.Wall.UtcTicks), Demand = demand, Limit = limit };
        begun = now;
        said.Add(new(demand, null));
        return row;
    }

    /// <summary>The row says what was written.</summary>
    public void Written(Moment now)
    {
        if (renewed is not { } last || now.Since(last) >= times.Rejoin)
        {
            said.Clear(); // others may have counted it for gone meanwhile
            said.Add(new(default, TimeSpan.MinValue));
            said.Add(default);
        }

        said[^1] = new(row.Demand, now.Time);
        (renewed, WrittenSequence) = (begun, row.Sequence);
        Forget(now.Time);
    }

    /// <summary>All rows were read, after the write.</summary>
    /// <param name="from">When the reading began.</param>
    /// <param name="now">When it had ended.</param>
    /// <param name="rows">The rows, its own among them.</param>
    public void Read(Moment from, Moment now, IReadOnlyCollection<ShareReading> rows)
    {
        var own = rows.FirstOrDefault(each => each.Row.Instance == instance);
        if (own is null && renewed is not null)
        {
            (renewed, IsAlone, view) = (null, false, null); // it was taken away: all begins anew
            return;
        }

        if (own?.Row.Sequence == row.Sequence && said[^1].Acked is null)
        {
            Written(now); // the answer to the write was lost
        }

        foreach (var each in rows)
        {
            if (!seen.TryGetValue(each.Row.Instance, out var known) || known.Version != each.Version)
            {
                seen[each.Row.Instance] = (each.Version, now.Time);
            }
        }

        var others = rows.Where(each => each.Row.Instance != instance).ToArray();
        before = view;
        view = new(from.Time, now.Time, [.. others.Where(each => each.Age < times.Old && from.Time - seen[each.Row.Instance].At < times.Gone).Select(each => each.Row)]);
        IsAlone = said[^1].Acked is not null && others.All(each => each.Age >= times.Old);
        if (IsAlone)
        {
            said.RemoveRange(0, said.Count - 1);
            said[0] = new(row.Demand, TimeSpan.MinValue);
        }
    }

    /// <summary>What may be used from now on, until the lease of the last renewal ends.</summary>
    public IReadOnlyList<ShareStep> Plan(TimeSpan now)
    {
        if (view is null || renewed is not { } last)
        {
            return [new(now, 0)];
        }

        var end = (last.Time < view.Begun ? last.Time : view.Begun) + times.Lease;
        var changes = said.Select(each => each.Acked is { } acked && acked > TimeSpan.MinValue ? acked + times.Wait : now).Append(view.Known + times.Gap).Append(now);
        return [.. changes.Where(at => at >= now && at < end).Distinct().Order().Select(at => new ShareStep(at, ShareAt(at))), new(end > now ? end : now, 0)];
    }

    private double ShareAt(TimeSpan at)
    {
        var own = row with { Demand = DemandAt(at) };
        var share = Division.ShareOf(own, view!.Others);
        return before is null || at >= view.Known + times.Gap ? share : Math.Min(share, Division.ShareOf(own, before.Others));
    }

    // The least that its row may have said within the time in which others may still act by it.
    private Demand DemandAt(TimeSpan at)
    {
        var least = new Demand(double.MaxValue, double.MaxValue);
        for (var i = said.Count - 1; i >= 0; i--)
        {
            least = least.Least(said[i].Demand);
            if (said[i].Acked is { } acked && (acked == TimeSpan.MinValue || acked + times.Wait <= at))
            {
                break;
            }
        }

        return least;
    }

    private void Forget(TimeSpan now)
    {
        var known = said.FindLastIndex(each => each.Acked is { } acked && (acked == TimeSpan.MinValue || acked + times.Wait <= now));
        if (known > 0)
        {
            said.RemoveRange(0, known);
        }
    }
}

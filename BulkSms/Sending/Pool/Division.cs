namespace BulkSms.Sending.Pool;

/// <summary>
/// Divides the rate among instances by what they could send, and by priority: while both want more than there is, high has <see cref="SendTurns.HighShare"/> of it and normal the rest; what one
/// leaves the other has. Pure. Each instance computes its own share alone, from rows that others may see otherwise at that moment. What makes this safe: a share never grows with another's demand,
/// or with another instance more; and shares computed from the same rows are the rate together, at most.
/// </summary>
public static class Division
{
    /// <summary>Segments a second that there are of the rate for each instance that has a share: below it what whole messages leave unused would count.</summary>
    public const double LeastShare = 20;

    /// <summary>Below this rate only one instance has a share, whatever the priorities: a part of it would not hold whole messages.</summary>
    public const double LeastForBoth = 5;

    /// <summary>The share of one instance, in segments a second.</summary>
    /// <param name="own">Its own row, with the demand that all others know of.</param>
    /// <param name="others">The rows of the others.</param>
    public static double ShareOf(ShareRow own, IReadOnlyCollection<ShareRow> others)
    {
        var wanting = others.Where(row => !row.Demand.IsNone).ToArray();
        if (own.Demand.IsNone)
        {
            return 0;
        }

        var lowest = wanting.Select(row => row.Rate).Append(own.Rate).Min();
        return wanting.Length == 0 ? own.Rate : Math.Min(ShareOf(own, wanting, own.Rate), ShareOf(own, wanting, lowest)); // a rate that is being changed: the lower
    }

    private static double ShareOf(ShareRow own, ShareRow[] others, double rate)
    {
        if (rate < LeastForBoth)
        {
            return Array.Exists(others, row => IsBefore(row, own, rate)) ? 0 : rate;
        }

        var (high, normal) = (Chosen(own, others, isHigh: true, rate), Chosen(own, others, isHigh: false, rate));
        var (highDemand, normalDemand) = (high.Sum(each => each.Demand), normal.Sum(each => each.Demand));
        var left = Math.Max(0, rate - highDemand - normalDemand) / (high.Length + normal.Length); // there is enough for all: the rest is divided evenly
        return Of(high, Math.Max(rate * SendTurns.HighShare, rate - normalDemand)) + Of(normal, Math.Max(rate * (1 - SendTurns.HighShare), rate - highDemand));

        double Of((ShareRow Row, double Demand)[] chosen, double capacity) => Array.Exists(chosen, each => ReferenceEquals(each.Row, own)) ? Filled(chosen, own, capacity) + left : 0;
    }

    // The instances with the largest demand of a priority, so many that each has enough; of equal ones the oldest. A demand above the rate is none: so two that have much to send do not take turns.
    // How many they are depends on the rate alone: with fewer of one priority, because the other wants more, those that stay would have more each.
    private static (ShareRow Row, double Demand)[] Chosen(ShareRow own, ShareRow[] others, bool isHigh, double rate) =>
    [
        .. others.Append(own)
            .Select(row => (Row: row, Demand: Math.Min(row.Demand.Of(isHigh), rate)))
            .Where(each => each.Demand > 0)
            .OrderByDescending(each => each.Demand).ThenBy(each => each.Row.Since).ThenBy(each => each.Row.Instance, StringComparer.Ordinal)
            .Take(Math.Max(1, (int)(rate * (isHigh ? SendTurns.HighShare : 1) / LeastShare))),
    ];

    // The demands are met from the smallest up; the largest have what is left, each as much.
    private static double Filled((ShareRow Row, double Demand)[] chosen, ShareRow own, double capacity)
    {
        var left = capacity;
        for (var i = chosen.Length - 1; i >= 0; i--)
        {
            var share = Math.Min(chosen[i].Demand, left / (i + 1));
            if (ReferenceEquals(chosen[i].Row, own))
            {
                return share;
            }

            left -= share;
        }

        return 0;
    }

    // High priority goes first.
    private static bool IsBefore(ShareRow row, ShareRow other, double rate) =>
        (row.Demand.High > 0) != (other.Demand.High > 0) ? row.Demand.High > 0 :
        Math.Min(row.Demand.Total, rate) is var one && Math.Min(other.Demand.Total, rate) is var two && one != two ? one > two :
        row.Since != other.Since ? row.Since < other.Since : string.CompareOrdinal(row.Instance, other.Instance) < 0;
}

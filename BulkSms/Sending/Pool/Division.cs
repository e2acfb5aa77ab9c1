namespace BulkSms.Sending.Pool;

/// <summary>
/// Divides the rate among instances by what they could send. Pure. Each instance computes its own share alone, from rows that others may see otherwise at that moment. What makes
/// this safe: a share never grows with another's demand, or with another instance more; and shares computed from the same rows are the rate together, at most.
/// </summary>
public static class Division
{
    /// <summary>Segments a second that a share is of at least: below it what whole messages leave unused would count. Of a lower rate one instance has all.</summary>
    public const double LeastShare = 20;

    /// <summary>The share of one instance, in segments a second.</summary>
    /// <param name="own">Its own row, with the demand that all others know of.</param>
    /// <param name="others">The rows of the others.</param>
    public static double ShareOf(ShareRow own, IReadOnlyCollection<ShareRow> others)
    {
        var wanting = others.Where(row => row.Demand > 0).ToArray();
        if (own.Demand <= 0)
        {
            return 0;
        }

        var lowest = wanting.Select(row => row.Rate).Append(own.Rate).Min();
        return wanting.Length == 0 ? own.Rate : Math.Min(ShareOf(own, wanting, own.Rate), ShareOf(own, wanting, lowest)); // a rate that is being changed: the lower
    }

    private static double ShareOf(ShareRow own, ShareRow[] others, double rate)
    {
        var most = Math.Max(1, (int)(rate / LeastShare));
        if (others.Count(row => IsBefore(row, own, rate)) >= most)
        {
            return 0;
        }

        var demands = others.Append(own).Select(row => Math.Min(row.Demand, rate)).OrderDescending().Take(most).Order().ToArray();
        var left = rate;
        for (var i = 0; i < demands.Length; i++)
        {
            var level = left / (demands.Length - i);
            if (demands[i] > level)
            {
                return Math.Min(own.Demand, level);
            }

            left -= demands[i];
        }

        return Math.Min(own.Demand, rate) + (left / demands.Length); // there is enough for all, and the rest is divided evenly
    }

    // The largest demands have a share; of equal ones the oldest. A demand above the rate is none: so two that have much to send do not take turns.
    private static bool IsBefore(ShareRow row, ShareRow other, double rate) =>
        Math.Min(row.Demand, rate) is var one && Math.Min(other.Demand, rate) is var two && one != two ? one > two :
        row.Since != other.Since ? row.Since < other.Since : string.CompareOrdinal(row.Instance, other.Instance) < 0;
}

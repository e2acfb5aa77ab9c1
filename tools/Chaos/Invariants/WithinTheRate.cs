namespace BulkSms.Chaos.Invariants;

/// <summary>
/// 21. Both hosts together hand Twilio no more than the rate over any ten seconds, and no more than two seconds' worth in one, by each account. A call is seen when it arrives: what this process was late
/// by then counts as more time.
/// </summary>
public static class WithinTheRate
{
    private static readonly (TimeSpan Length, double Worth)[] Bounds = [(TimeSpan.FromSeconds(10), 10), (TimeSpan.FromSeconds(1), 2)];

    public static IEnumerable<string> Check(Evidence evidence) =>
        evidence.Calls.GroupBy(call => call.Account, call => call.At, StringComparer.Ordinal).SelectMany(calls => Bounds.SelectMany(bound => Check(evidence, [.. calls.Order()], bound.Length, bound.Worth)));

    private static IEnumerable<string> Check(Evidence evidence, DateTimeOffset[] arrived, TimeSpan length, double worth)
    {
        for (int first = 0, last = 0; last < arrived.Length; last++)
        {
            while (arrived[last] - arrived[first] >= length)
            {
                first++;
            }

            var most = evidence.SegmentsPerSecond * (worth + evidence.SlackAt(arrived[last]).TotalSeconds);
            var segments = (last - first + 1) * PostedBroadcasts.Segments;
            if (segments > most)
            {
                yield return $"{segments} segments within {length.TotalSeconds:0} s, at {evidence.SegmentsPerSecond:0.#} a second";
                yield break;
            }
        }
    }
}

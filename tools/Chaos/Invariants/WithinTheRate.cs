namespace BulkSms.Chaos.Invariants;

/// <summary>
/// 21. Both hosts together hand Twilio no more than the rate over any ten seconds, and no more than two seconds' worth in one, by each account. A call is seen when it arrives: what this process was late
/// by then counts as more time.
/// </summary>
public static class WithinTheRate
{
    private static readonly (TimeSpan Length, double Worth)[] Bounds = [(TimeSpan.FromSeconds(10), 10), (TimeSpan.FromSeconds(1), 2)];

    public static IEnumerable<string> Check(Evidence evidence) =>
        evidence.Calls.GroupBy(call => call.Account, StringComparer.Ordinal).SelectMany(calls => Bounds.SelectMany(bound => Check(evidence, [.. calls.OrderBy(call => call.At)], bound.Length, bound.Worth)));

    private static IEnumerable<string> Check(Evidence evidence, ArrivedCall[] arrived, TimeSpan length, double worth)
    {
        for (int first = 0, last = 0, segments = 0; last < arrived.Length; last++)
        {
            segments += arrived[last].Segments;
            while (arrived[last].At - arrived[first].At >= length)
            {
                segments -= arrived[first].Segments;
                first++;
            }

            var most = evidence.SegmentsPerSecond * (worth + evidence.SlackAt(arrived[last].At).TotalSeconds);
            if (segments > most)
            {
                yield return $"{segments} segments within {length.TotalSeconds:0} s, at {evidence.SegmentsPerSecond:0.#} a second";
                yield break;
            }
        }
    }
}

namespace BulkSms.Chaos.Invariants;

/// <summary>11. Some time after the faults stop the queues are empty.</summary>
public static class QueuesAreEmpty
{
    public static IEnumerable<string> Check(Evidence evidence) =>
        evidence.Queues.Where(queue => queue.Value > 0).Select(queue => $"{queue.Value} messages left in {queue.Key}");
}

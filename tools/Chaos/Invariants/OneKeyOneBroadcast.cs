namespace BulkSms.Chaos.Invariants;

/// <summary>8. One idempotency key made one broadcast; what was accepted is stored, and nothing else is.</summary>
public static class OneKeyOneBroadcast
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var stored = evidence.Broadcasts.Select(broadcast => broadcast.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var posted in evidence.Posted)
        {
            if (posted.Ids.Count > 1)
            {
                yield return $"one key, {posted.Ids.Count} broadcasts ({posted.Key})";
            }

            if (posted.IsAccepted && !posted.Ids.Keys.Any(stored.Contains))
            {
                yield return $"accepted, and not stored ({posted.Key})";
            }
        }

        stored.ExceptWith(evidence.Posted.SelectMany(posted => posted.Ids.Keys));
        foreach (var id in stored)
        {
            yield return $"broadcast {id} is stored, and no caller was told of it";
        }
    }
}

namespace BulkSms.Chaos.Invariants;

/// <summary>4. Every message that Twilio took is on exactly one row, and every SID on a row is a message to that number.</summary>
public static class SidsAreBound
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var onRows = evidence.Rows.Where(row => !string.IsNullOrEmpty(row.Sid)).ToLookup(row => row.Sid!, StringComparer.Ordinal);
        var messages = evidence.Messages.ToDictionary(message => message.Sid, StringComparer.Ordinal);
        foreach (var message in messages.Values)
        {
            if (onRows[message.Sid].Count() != 1 && !evidence.Ambiguous.Contains(message.To))
            {
                yield return $"message {message.Sid} of broadcast {message.BroadcastId} stands on {onRows[message.Sid].Count()} rows";
            }
        }

        foreach (var row in onRows.SelectMany(rows => rows))
        {
            if (messages.GetValueOrDefault(row.Sid!)?.To != row.To)
            {
                yield return $"a row carries a SID that is not of its number: {row.Key.Partition}/{row.Key.Id}";
            }
        }
    }
}

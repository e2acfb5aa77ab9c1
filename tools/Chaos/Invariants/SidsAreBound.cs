using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>4. Every message that Twilio took is on exactly one row, and every SID on a row is a message to that number.</summary>
public static class SidsAreBound
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var onRows = evidence.Rows.Where(row => !string.IsNullOrEmpty(row.Sid)).ToLookup(row => row.Sid!, StringComparer.Ordinal);
        var messages = evidence.Messages.ToDictionary(message => message.Sid, StringComparer.Ordinal);
        foreach (var message in messages.Values.Where(message => !evidence.Erased.Contains(message.To))) // an erased person's rows hold no SID
        {
            if (onRows[message.Sid].Count() is var count && count != 1 && !(count == 0 && evidence.Ambiguous.Contains(message.To)))
            {
                yield return $"message {message.Sid} of broadcast {message.BroadcastId} stands on {count} rows";
            }
        }

        var taken = evidence.Messages.ToLookup(message => message.Row);
        foreach (var row in evidence.Rows.Where(row => !string.IsNullOrEmpty(row.OtherSids) && taken[(row.Key.BroadcastId, row.Key.Id)].Count() < 2))
        {
            yield return $"a row notes another message ({row.OtherSids}), and there is none of its own: {row.Key.Partition}/{row.Key.Id}; {Story.Of(evidence, row.Key, row.To)}";
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

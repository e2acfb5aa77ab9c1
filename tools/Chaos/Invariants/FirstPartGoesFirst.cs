using BulkSms.Broadcasts;
using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>22. Of a broadcast with a first part no other recipient is sent to before it is decided, nor, when the part has failed, before a person has resumed it; and it is decided, or canceled.</summary>
public static class FirstPartGoesFirst
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        foreach (var stored in evidence.Broadcasts)
        {
            if (evidence.Posted.FirstOrDefault(posted => posted.Ids.ContainsKey(stored.Id))?.FirstPart is not { } part)
            {
                continue;
            }

            var (decidedAt, status) = (stored.FirstPart?.DecidedAt ?? DateTimeOffset.MaxValue, stored.FirstPart?.Status);
            if (decidedAt == DateTimeOffset.MaxValue && !stored.IsCanceled)
            {
                yield return $"broadcast {stored.Id}: at rest, and its first part is not decided";
            }

            var (count, rows) = (part.CountOf(stored.RecipientsCount), evidence.Rows.Where(row => row.Key.BroadcastId == stored.Id).ToDictionary(row => row.Key.Id, StringComparer.Ordinal));
            foreach (var call in evidence.Calls.Where(call => call.BroadcastId == stored.Id && rows.TryGetValue(call.RecipientKey ?? "", out var row) && row.Index >= count))
            {
                if (call.At < decidedAt)
                {
                    yield return $"broadcast {stored.Id}: a call to one who is not of its first part, before it is decided";
                }
                else if (status == CanaryStatus.Failed && !evidence.Resumptions.Any(resumed => resumed.BroadcastId == stored.Id && resumed.From <= call.At && resumed.Until >= decidedAt))
                {
                    yield return $"broadcast {stored.Id}: its first part has failed, and a call to one who is not of it comes before it is resumed";
                }
            }
        }
    }
}

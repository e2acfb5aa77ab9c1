using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>3. At rest nothing is pending, sending or unconfirmed (nothing is held then), and every refusal is filed.</summary>
public static class NothingIsOpen
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        foreach (var row in evidence.Rows)
        {
            if (RecipientStatus.IsOpen(row.Status) && !(row.Status == RecipientStatus.Unconfirmed && evidence.Ambiguous.Contains(row.To)))
            {
                yield return $"{row.Status} at rest ({row.Reason}): {row.Key.Partition}/{row.Key.Id}";
            }

            if (row is { Status: RecipientStatus.Rejected, PoisonedAt: null })
            {
                yield return $"rejected, and no poison message is noted: {row.Key.Partition}/{row.Key.Id}";
            }
        }
    }
}

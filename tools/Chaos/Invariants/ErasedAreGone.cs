using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>
/// 20. Of whom is erased no row tells any more. (That nothing is sent to them is the seventh.) What was accepted while they were being erased may name them: then they are optedOut there.
/// </summary>
public static class ErasedAreGone
{
    public static IEnumerable<string> Check(Evidence evidence) => evidence.Rows
        .Where(row => evidence.Erased.Contains(row.To) && row.Status != RecipientStatus.OptedOut)
        .Select(row => $"{row.Status}, of an erased person: {row.Key.Partition}/{row.Key.Id}; {Story.Of(evidence, row.Key, row.To)}");
}

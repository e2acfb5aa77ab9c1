using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>
/// 2. Every accepted broadcast has as many rows as the poster was told, one for each unique number but for those that had opted out before, and none
/// else: in the table, and page by page in the API.
/// </summary>
public static class RowsAreTheInput
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var rows = evidence.Rows.ToLookup(row => row.Key.BroadcastId, StringComparer.Ordinal);
        foreach (var stored in evidence.Broadcasts)
        {
            if (evidence.Posted.FirstOrDefault(posted => posted.Ids.ContainsKey(stored.Id)) is not { } posted)
            {
                continue; // the eighth
            }

            var numbers = rows[stored.Id].Select(row => row.To).ToArray();
            foreach (var fault in Compare(evidence, posted, stored, numbers))
            {
                yield return $"broadcast {stored.Id}: {fault}";
            }

            var shown = evidence.Pages.GetValueOrDefault(stored.Id)?.Select(recipient => recipient.To) ?? [];
            if (!shown.Order(StringComparer.Ordinal).SequenceEqual(numbers.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            {
                yield return $"broadcast {stored.Id}: the API pages through {shown.Count()} recipients, other than the {numbers.Length} rows";
            }
        }
    }

    private static IEnumerable<string> Compare(Evidence evidence, Posted posted, StoredBroadcast stored, string[] numbers)
    {
        if (numbers.Length != stored.RecipientsCount)
        {
            yield return $"{numbers.Length} rows, and recipientsCount is {stored.RecipientsCount}";
        }

        if (posted.Told.Keys.Any(told => told != stored.RecipientsCount))
        {
            yield return $"the poster was told of {string.Join(" and ", posted.Told.Keys)} recipients, and recipientsCount is {stored.RecipientsCount}";
        }

        if (numbers.Distinct(StringComparer.Ordinal).Count() != numbers.Length)
        {
            yield return "a number has two rows";
        }

        if (numbers.Except(posted.Numbers, StringComparer.Ordinal).Any())
        {
            yield return "a row that was not asked for";
        }

        if (posted.Numbers.Except(numbers, StringComparer.Ordinal).Where(number => !evidence.OptedOut.Contains(number)).ToArray() is { Length: > 0 } missing)
        {
            yield return $"{missing.Length} of {posted.Numbers.Count} have no row, the first is {missing[0]}";
        }
    }
}

using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>
/// 2. Every accepted broadcast has as many rows as the poster was told, one for each person but for those that had opted out before, and none
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

            var people = rows[stored.Id].Select(row => (row.To, row.Text)).ToArray();
            var numbers = people.Select(person => person.To).ToArray();
            foreach (var fault in Compare(evidence, posted, stored, people))
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

    private static IEnumerable<string> Compare(Evidence evidence, Posted posted, StoredBroadcast stored, (string To, string? Text)[] people)
    {
        if (people.Length != stored.RecipientsCount)
        {
            yield return $"{people.Length} rows, and recipientsCount is {stored.RecipientsCount}";
        }

        if (posted.Told.Keys.Any(told => told != stored.RecipientsCount))
        {
            yield return $"the poster was told of {string.Join(" and ", posted.Told.Keys)} recipients, and recipientsCount is {stored.RecipientsCount}";
        }

        var known = people.Where(person => person.To.Length > 0).ToArray(); // the others are erased
        if (known.Distinct().Count() != known.Length)
        {
            yield return "a person has two rows";
        }

        var wanted = posted.People.Select(person => (To: person.Number, Text: person.Name is { } name ? posted.TextFor(name) : null)).ToArray();
        if (known.Except(wanted).Any())
        {
            yield return "a row that was not asked for";
        }

        if (wanted.Except(known).Where(person => !evidence.OptedOut.Contains(person.To) && !evidence.Erased.Contains(person.To)).ToArray() is { Length: > 0 } missing)
        {
            yield return $"{missing.Length} of {wanted.Length} have no row, the first is {missing[0].To}";
        }
    }
}

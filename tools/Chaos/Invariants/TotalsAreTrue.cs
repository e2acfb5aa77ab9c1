using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>9. Stored totals and those that the API shows equal a recount, and what is all at its end is completed.</summary>
public static class TotalsAreTrue
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var rows = evidence.Rows.ToLookup(row => row.Key.BroadcastId, StringComparer.Ordinal);
        foreach (var stored in evidence.Broadcasts)
        {
            var counted = rows[stored.Id].CountBy(row => row.Status).ToDictionary(StringComparer.Ordinal);
            if (stored.Totals is { } totals && !AreEqual(totals, counted))
            {
                yield return $"broadcast {stored.Id}: stored totals {Show(totals)}, counted {Show(counted)}";
            }

            if (stored.Totals is null && counted.Keys.All(RecipientStatus.IsFinal))
            {
                yield return $"broadcast {stored.Id}: every recipient is at an end, and it is not completed";
            }

            if (!evidence.Views.TryGetValue(stored.Id, out var view) || !AreEqual(view.Counts, counted))
            {
                yield return $"broadcast {stored.Id}: the API shows {Show(view?.Counts ?? new Dictionary<string, int>())}, counted {Show(counted)}";
            }

            var shown = (evidence.Pages.GetValueOrDefault(stored.Id) ?? []).CountBy(recipient => recipient.Status).ToDictionary(StringComparer.Ordinal);
            if (!AreEqual(shown, counted))
            {
                yield return $"broadcast {stored.Id}: the API pages through {Show(shown)}, counted {Show(counted)}";
            }
        }
    }

    private static bool AreEqual(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int> other) =>
        one.Where(each => each.Value != 0).OrderBy(each => each.Key, StringComparer.Ordinal)
            .SequenceEqual(other.Where(each => each.Value != 0).OrderBy(each => each.Key, StringComparer.Ordinal));

    private static string Show(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.Select(each => $"{each.Key} {each.Value}"));
}

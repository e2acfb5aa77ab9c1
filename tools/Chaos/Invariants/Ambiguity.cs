using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>
/// What no reading of Twilio's list can decide: two broadcasts sent to the same number, both answers and every callback were lost, and there are fewer
/// messages than calls, or the texts do not tell them apart. Such recipients stay Unconfirmed, and are shown so; it is no violation.
/// </summary>
public static class Ambiguity
{
    /// <summary>The numbers whose recipients may stay Unconfirmed.</summary>
    public static IReadOnlySet<string> Numbers(IReadOnlyCollection<Recipient> rows, IReadOnlyCollection<TakenMessage> messages)
    {
        var bound = rows.Select(row => row.Sid).Where(sid => !string.IsNullOrEmpty(sid)).ToHashSet(StringComparer.Ordinal);
        var loose = messages.Where(message => !bound.Contains(message.Sid)).ToLookup(message => message.To, StringComparer.Ordinal);
        return rows.Where(row => row.Status == RecipientStatus.Unconfirmed)
            .GroupBy(row => row.To, StringComparer.Ordinal)
            .Where(number => number.Count() > 1 && loose[number.Key].ToArray() is { Length: > 0 } left && left.Length <= number.Count() && !CanBeTold(left, number.Count()))
            .Select(number => number.Key)
            .ToHashSet(StringComparer.Ordinal);
    }
    // As many messages as calls, and each with a text of its own.
    private static bool CanBeTold(TakenMessage[] loose, int calls) => loose.Length == calls && loose.DistinctBy(message => message.Text, StringComparer.Ordinal).Count() == calls;
}

using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos;

/// <summary>
/// What no look at Twilio's list can decide: two broadcasts sent the same text to the same number, both answers and every callback were lost, and there
/// are fewer messages than calls. Such recipients stay Unconfirmed, and are shown so; it is no violation.
/// </summary>
public static class Ambiguity
{
    /// <summary>The numbers whose recipients may stay Unconfirmed.</summary>
    public static HashSet<string> Numbers(IReadOnlyCollection<TableEntity> rows, TwilioServer twilio)
    {
        var bound = rows.Select(row => row.GetString(RecipientColumns.Sid)).Where(sid => !string.IsNullOrEmpty(sid)).ToHashSet(StringComparer.Ordinal);
        return rows.Where(row => row.GetString(RecipientColumns.Status) == RecipientStatus.Unconfirmed)
            .GroupBy(row => row.GetString(RecipientColumns.To)!, StringComparer.Ordinal)
            .Where(number => number.Count() > 1
                && twilio.Messages.For(number.Key).Count(message => !bound.Contains(message.Sid)) is var loose && loose > 0 && loose <= number.Count())
            .Select(number => number.Key)
            .ToHashSet(StringComparer.Ordinal);
    }
}

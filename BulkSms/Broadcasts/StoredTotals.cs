using System.Globalization;
using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>
/// Between what a broadcast came to and the columns of its row. They are written when it is completed, under its ETag. Whatever changes a recipient that has come to an
/// end takes them back first (<see cref="ClosedBroadcasts"/>), and the sweeper counts anew: totals that are there are true.
/// </summary>
internal static class StoredTotals
{
    /// <summary>Recipients by status, such as <c>delivered=3,rejected=1</c>. Empty: the others mean nothing.</summary>
    public const string ByStatus = "totals";

    /// <summary>Recipients and segments that are billed, by country.</summary>
    public const string Billed = "totalsBilled";

    private const string ByCode = "totalsByCode";
    private const string FirstSentAt = "firstSentAt";
    private const string LastSentAt = "lastSentAt";
    private const char Between = ',';
    private const char Equal = '=';
    private const char Within = ':';

    /// <summary>The columns that no list shows.</summary>
    public static readonly string[] Details = [ByCode, FirstSentAt, LastSentAt];

    /// <summary>Writes them into a row.</summary>
    public static void Write(TableEntity row, BroadcastProgress progress)
    {
        row[ByStatus] = Join(progress.ByStatus);
        row[ByCode] = Join(progress.ByCode);
        row[Billed] = string.Join(
            Between, progress.Billed!.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Country}{Equal}{each.Recipients}{Within}{each.Segments}")));
        row[FirstSentAt] = progress.FirstSentAt ?? NoTime.Value;
        row[LastSentAt] = progress.LastSentAt ?? NoTime.Value;
    }

    /// <summary>Takes them back.</summary>
    public static void Clear(TableEntity row) => row[ByStatus] = "";

    /// <summary>Reads them; null: there are none.</summary>
    public static BroadcastProgress? Read(TableEntity row)
    {
        var text = row.GetString(ByStatus);
        var hasNoRecipients = text is "" && row.GetTime(BroadcastRow.CompletedAt) is not null; // all had opted out
        if (string.IsNullOrEmpty(text) && !hasNoRecipients)
        {
            return null;
        }

        var byStatus = Split(text!).ToDictionary(each => each.Name, each => Number(each.Value), StringComparer.Ordinal);
        var billed = new SegmentsByCountry();
        foreach (var (country, counts) in Split(row.GetString(Billed)))
        {
            var parts = counts.Split(Within);
            billed.Add(country, Number(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        return new(
            byStatus,
            Split(row.GetString(ByCode)).ToDictionary(each => Number(each.Name), each => Number(each.Value)),
            byStatus.GetValueOrDefault(RecipientStatus.Rejected), // each has its poison message: it is not completed before
            row.GetTime(FirstSentAt),
            row.GetTime(LastSentAt),
            0,
            billed);
    }

    public static string Join<TName>(IReadOnlyDictionary<TName, int> counts) =>
        string.Join(Between, counts.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key}{Equal}{each.Value}")));

    public static IEnumerable<(string Name, string Value)> Split(string? text) =>
        (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(Equal)).Select(parts => (parts[0], parts[1]));

    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

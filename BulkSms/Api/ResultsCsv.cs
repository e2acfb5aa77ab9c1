using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Recipients;
using CsvHelper;

namespace BulkSms.Api;

/// <summary>
/// Every recipient's fate as CSV (RFC 4180, UTF-8, with a header), with all data that the caller gave: see <see cref="ResultColumns"/>. No cell can be a formula: numbers are written
/// by <see cref="TelScheme"/>, and a text that begins like one gets an apostrophe in front.
/// </summary>
public static class ResultsCsv
{
    /// <summary>Writes the header, and each recipient as it comes.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="isFile">Whether recipients are named by line, else by index.</param>
    /// <param name="columns">The names of the data.</param>
    /// <param name="countsClicks">Whether the messages have short links; else clicks are empty, not 0.</param>
    /// <param name="recipients">The recipients.</param>
    public static async Task WriteAsync(Stream stream, bool isFile, IReadOnlyList<string> columns, bool countsClicks, IAsyncEnumerable<RecipientView> recipients)
    {
        await using var csv = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true);
        await csv.WriteRecordAsync([.. ResultColumns.Header(isFile, columns)], CancellationToken.None);
        await foreach (var recipient in recipients)
        {
            await csv.WriteRecordAsync([.. Cells(recipient), countsClicks ? Number(recipient.Clicks ?? 0) : "", .. columns.Select(name => ResultColumns.Escape(recipient.Data?.GetValueOrDefault(name) ?? ""))], CancellationToken.None);
        }

        await csv.FlushAsync(CancellationToken.None);
    }

    private static string[] Cells(RecipientView recipient) =>
    [
        recipient.To.Length == 0 ? "" : TelScheme.Write(recipient.To), // empty: the person is erased
        Number(recipient.Line ?? recipient.Index),
        ResultColumns.Escape(recipient.Written ?? ""),
        ResultColumns.Escape(recipient.Reference ?? ""),
        recipient.Status,
        recipient.ProviderStatus ?? "",
        recipient.HeldFor ?? "",
        Number(recipient.Attempts),
        recipient.Sid ?? "",
        Number(recipient.Code),
        ResultColumns.Escape(recipient.Reason ?? ""),
        Time(recipient.SentAt),
        Time(recipient.DueAt),
        Time(recipient.UpdatedAt),
    ];

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset? time) => time is { } known ? UtcTime.Write(known) : "";
}

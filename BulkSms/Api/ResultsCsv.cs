using System.Globalization;
using BulkSms.Recipients;
using CsvHelper;

namespace BulkSms.Api;

/// <summary>
/// Every recipient's fate as CSV (RFC 4180, UTF-8, with a header). No cell can be a formula: numbers are written by <see cref="TelScheme"/>, and a text that begins
/// like one (a reason may be in Twilio's words) gets an apostrophe in front.
/// </summary>
public static class ResultsCsv
{
    private static readonly string[] Header = ["to", "status", "providerStatus", "heldFor", "attempts", "sid", "code", "reason", "sentAt", "dueAt", "updatedAt"];
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape };

    /// <summary>Writes the header, and each recipient as it comes.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<RecipientView> recipients)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await csv.WriteRecordAsync(Header, CancellationToken.None);
        await foreach (var recipient in recipients)
        {
            await csv.WriteRecordAsync(Cells(recipient), CancellationToken.None);
        }

        await csv.FlushAsync(CancellationToken.None);
    }

    private static string[] Cells(RecipientView recipient) =>
    [
        TelScheme.Write(recipient.To),
        recipient.Status,
        recipient.ProviderStatus ?? "",
        recipient.HeldFor ?? "",
        recipient.Attempts.ToString(CultureInfo.InvariantCulture),
        recipient.Sid ?? "",
        recipient.Code?.ToString(CultureInfo.InvariantCulture) ?? "",
        recipient.Reason ?? "",
        Time(recipient.SentAt),
        Time(recipient.DueAt),
        Time(recipient.UpdatedAt),
    ];

    private static string Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture) ?? "";
}

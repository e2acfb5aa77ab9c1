using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Common;
using CsvHelper;

namespace BulkSms.Api;

/// <summary>The entries of a request that are no recipients, as CSV (RFC 4180, UTF-8, with a header). No cell can be a formula.</summary>
public static class SkippedCsv
{
    /// <summary>Writes the header, and each entry as it comes.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="isFile">Whether entries are named by line, else by index.</param>
    /// <param name="entries">The entries.</param>
    public static async Task WriteAsync(Stream stream, bool isFile, IAsyncEnumerable<SkippedView> entries)
    {
        await using var csv = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true);
        await csv.WriteRecordAsync([isFile ? "line" : "index", "written", "reference", "reason", "detail", "duplicateOf", "since"], CancellationToken.None);
        await foreach (var entry in entries)
        {
            await csv.WriteRecordAsync(
                [
                    Number(entry.Line ?? entry.Index),
                    ResultColumns.Escape(entry.Written),
                    ResultColumns.Escape(entry.Reference ?? ""),
                    entry.Reason,
                    ResultColumns.Escape(entry.Detail),
                    Number(entry.DuplicateOf),
                    entry.Since is { } since ? UtcTime.Write(since) : "",
                ],
                CancellationToken.None);
        }

        await csv.FlushAsync(CancellationToken.None);
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

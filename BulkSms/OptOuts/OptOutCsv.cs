using System.Text;
using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>
/// Opt-outs as the CSV that is exported: UTF-8, with a header; numbers by <see cref="TelScheme"/>, other senders by <see cref="OptOutSender.Scheme"/>, so that what is exported can be imported.
/// </summary>
public static class OptOutCsv
{
    private const string Phone = "phone";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The header and, page by page, the rows: numbers, times and our own words, and in quotation marks what a sender was called that is no number.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<IReadOnlyList<OptOut>> pages, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync($"{Phone},since,source");
        await foreach (var page in pages.WithCancellation(cancellation))
        {
            foreach (var optOut in page)
            {
                await writer.WriteLineAsync($"{Cell(optOut.Phone)},{UtcTime.Write(optOut.Since)},{optOut.Source}");
            }

            await writer.FlushAsync(cancellation);
        }
    }

    // No cell begins as a formula does.
    private static string Cell(string phone) => OptOutKey.IsNumber(phone)
        ? TelScheme.Write(phone)
        : $"\"{OptOutSender.Scheme}{phone.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

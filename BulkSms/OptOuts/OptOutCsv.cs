using System.Globalization;
using System.Text;
using BulkSms.Http;
using BulkSms.Recipients;
using CsvHelper;

namespace BulkSms.OptOuts;

/// <summary>
/// Opt-outs as CSV: UTF-8, with a header; numbers by <see cref="TelScheme"/>, other senders by <see cref="OptOutSender.Scheme"/>, so that what is exported can be imported.
/// </summary>
public static class OptOutCsv
{
    private const string Phone = "phone";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly CsvReaderOptions Options = new()
    {
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
    };

    /// <summary>Reads the column <c>phone</c>; others are ignored.</summary>
    /// <param name="body">The file; its separator is found out.</param>
    /// <param name="rules">How the numbers are read.</param>
    /// <param name="most">Most numbers.</param>
    /// <param name="errors">Takes the faults, by line.</param>
    public static OptOutPhones Read(ReadOnlyMemory<byte> body, NumberRules rules, int most, FieldErrors errors)
    {
        var list = new OptOutPhones(rules);
        try
        {
            using var csv = CsvReader.Create(body, Options);
            ReadRows(csv, list, most, errors);
        }
        catch (CsvFormatException e)
        {
            errors.Add(Line(Math.Max(1, e.LineNumber)), "has a quotation mark in the wrong place");
        }

        return list;
    }

    /// <summary>The header and, page by page, the rows: numbers, times and our own words, and in quotation marks what a sender was called that is no number.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<IReadOnlyList<OptOut>> pages, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync($"{Phone},since,source");
        await foreach (var page in pages.WithCancellation(cancellation))
        {
            foreach (var optOut in page)
            {
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Cell(optOut.Phone)},{optOut.Since:O},{optOut.Source}"));
            }

            await writer.FlushAsync(cancellation);
        }
    }

    // No cell begins as a formula does.
    private static string Cell(string phone) => OptOutKey.IsNumber(phone)
        ? TelScheme.Write(phone)
        : $"\"{OptOutSender.Scheme}{phone.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void ReadRows(CsvReader csv, OptOutPhones list, int most, FieldErrors errors)
    {
        if (!csv.TryGetFieldIndex(Phone, out var column))
        {
            errors.Add(Line(1), $"must be a header with the column {Phone}");
            return;
        }

        var count = 0;
        while (csv.Read())
        {
            if (++count > most)
            {
                errors.Add(Line(csv.LineNumber), $"is one number too many: at most {most} are taken");
                return;
            }

            var text = column < csv.FieldCount ? csv.GetString(column) : "";
            if (list.Add(text) is { } fault)
            {
                errors.Add(Line(csv.LineNumber), fault);
            }
        }

        if (count == 0)
        {
            errors.Add(Line(1), "is followed by no number");
        }
    }

    private static string Line(long number) => string.Create(CultureInfo.InvariantCulture, $"line {number}");
}

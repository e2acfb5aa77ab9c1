using CsvHelper;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// Recipients as CSV (RFC 4180) with a header: the column <c>to</c> or <c>phone</c> has the numbers, the others are data. UTF-8, or UTF-16 with a byte order
/// mark. Record after record is read: the whole is never held.
/// </summary>
public static class CsvRecipients
{
    private const string Misquoted = "has a quotation mark in the wrong place";
    private const string BadBytes = "has bytes that are not UTF-8: save the file as UTF-8";

    /// <summary>Reads them to the end, or to an error after which lines can no longer be told apart.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="collector">Takes them.</param>
    /// <param name="most">Most recipients, duplicates and faulty ones included.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task ReadAsync(Stream stream, RecipientCollector collector, int most, CancellationToken cancellation)
    {
        var malformed = default(CsvMalformedRecord);
        var options = new CsvReaderOptions
        {
            Separator = ',',
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = UploadLimits.RecordSize,
            OnMalformedRecord = record => malformed = record,
        };
        await using var csv = CsvReader.Create(stream, options, leaveOpen: true);
        try
        {
            await csv.ReadHeaderAsync(cancellation);
            if (malformed.LineNumber > 0)
            {
                collector.Fail(RecipientCollector.Line(malformed.LineNumber), Misquoted);
                return;
            }

            if (CsvColumns.Find(csv.Headers, collector) is not { } columns)
            {
                return;
            }

            var count = 0;
            while (await csv.ReadAsync(cancellation) && Take(csv, malformed, columns, collector, ++count > most ? UploadLimits.TooMany(most) : null))
            {
            }
        }
        catch (CsvFormatException e)
        {
            collector.Fail(RecipientCollector.Line(e.LineNumber), $"is longer than {UploadLimits.RecordSize} bytes: is there a quotation mark that is never closed?");
        }
    }

    // Whether the next line can be read.
    private static bool Take(CsvReader csv, CsvMalformedRecord malformed, CsvColumns columns, RecipientCollector collector, string? tooMany)
    {
        if (malformed is { Reason: CsvMalformedReason.UnterminatedQuote })
        {
            collector.Fail(RecipientCollector.Line(malformed.LineNumber), "has a quotation mark that is never closed");
            return false;
        }

        if (tooMany is not null)
        {
            collector.Fail(RecipientCollector.Line(csv.LineNumber), tooMany);
            return false;
        }

        if ((malformed.LineNumber == csv.LineNumber ? Misquoted : Add(csv, columns, collector)) is { } error)
        {
            collector.Refuse(RecipientCollector.Line(csv.LineNumber), error);
        }
        else
        {
            collector.Took((int)csv.LineNumber);
        }

        return true;
    }

    private static string? Add(CsvReader csv, CsvColumns columns, RecipientCollector collector)
    {
        if (IsBlank(csv))
        {
            return null; // what spreadsheets leave at the end
        }

        if (csv.FieldCount != columns.Count)
        {
            return $"has {csv.FieldCount} columns; the header has {columns.Count}";
        }

        var values = columns.Data is { } data ? new string?[data.Count] : null;
        for (var i = 0; i < values?.Length; i++)
        {
            values[i] = csv.GetString(columns.Data![i]);
        }

        var number = csv.GetString(columns.Number);
        return IsBroken(number) || (values is not null && Array.Exists(values, IsBroken)) ? BadBytes : collector.List.Add(number, values)?.Text;
    }

    private static bool IsBlank(CsvReader csv)
    {
        for (var i = 0; i < csv.FieldCount; i++)
        {
            if (!csv.GetSpan(i).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBroken(string? text) => text?.Contains('\ufffd', StringComparison.Ordinal) == true;
}

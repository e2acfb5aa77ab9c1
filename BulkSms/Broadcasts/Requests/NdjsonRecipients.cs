using System.Text;
using System.Text.Json;
using BulkSms.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Recipients as JSON, one a line: a number as a string, or an object (see <see cref="JsonRecipient"/>). Line after line is read: the whole is never held.</summary>
public static class NdjsonRecipients
{
    private const int BufferSize = 16 * 1024;

    /// <inheritdoc cref="CsvRecipients.ReadAsync"/>
    public static async Task ReadAsync(Stream stream, RecipientCollector collector, int most, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferSize, leaveOpen: true);
        var lines = new LineReader(reader, UploadLimits.RecordSize);
        var count = 0;
        while (await lines.TryReadAsync(cancellation))
        {
            if (lines.Line.Span.IsWhiteSpace())
            {
                continue;
            }

            if (++count > most)
            {
                collector.Fail(RecipientCollector.Line(lines.Number), UploadLimits.TooMany(most));
                return;
            }

            if (Add(lines.Line, collector) is { } fault)
            {
                collector.Refuse(RecipientCollector.Line(lines.Number), fault);
            }
            else
            {
                collector.Took(lines.Number);
            }
        }

        if (lines.IsTooLong)
        {
            collector.Fail(RecipientCollector.Line(lines.Number), $"is longer than {UploadLimits.RecordSize} characters");
        }
    }

    private static string? Add(ReadOnlyMemory<char> line, RecipientCollector collector)
    {
        if (line.Span.Contains('\ufffd'))
        {
            return "has bytes that are not UTF-8";
        }

        try
        {
            using var document = JsonBody.Parse(line);
            return JsonRecipient.AddTo(collector.List, document.RootElement) is { } fault ? $"{fault.Member}{(fault.Member.Length == 0 ? "" : ": ")}{fault.Text}" : null;
        }
        catch (JsonException)
        {
            return "is not valid JSON";
        }
    }
}

using System.Text.Json;
using BulkSms.Http;
using BulkSms.Lists;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Recipients as JSON, one a line: a number as a string, or an object (see <see cref="JsonRecipient"/>). Line after line is read: the whole is never held.</summary>
internal static class NdjsonRecipients
{
    private const string BadBytes = "has bytes that are not UTF-8";

    /// <summary>Reads them to the end, or to an error after which they can no longer be told apart.</summary>
    /// <param name="text">The file.</param>
    /// <param name="sink">Takes them.</param>
    /// <param name="most">Most recipients, duplicates and those with errors included.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task ReadAsync(TextReader text, IListSink sink, int most, CancellationToken cancellation)
    {
        var lines = new LineReader(text, UploadLimits.RecordSize);
        var count = 0;
        while (await lines.TryReadAsync(cancellation))
        {
            if (lines.Number > (long)UploadLimits.LineEndsEach * (most + 1))
            {
                sink.Fail(LinePaths.Instance.OfAll, DelimitedReader.TooManyLines);
                return;
            }

            if (lines.Line.Span.IsWhiteSpace())
            {
                continue;
            }

            if (++count > most)
            {
                sink.Fail(LinePaths.Line(lines.Number), UploadLimits.TooMany(most));
                return;
            }

            Take(lines.Line, lines.Number, LinePaths.Instance, sink, isUtf8: text is not Utf8OrAnsiReader { IsAnsi: true });
        }

        if (lines.IsTooLong)
        {
            sink.Fail(LinePaths.Line(lines.Number), $"is longer than {UploadLimits.RecordSize} characters");
        }
    }

    /// <summary>Takes one entry out of its text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="paths">How its place is named.</param>
    /// <param name="sink">Takes it.</param>
    /// <param name="isUtf8">Whether all of the file so far was.</param>
    public static void Take(ReadOnlyMemory<char> json, int place, ListPaths paths, IListSink sink, bool isUtf8)
    {
        if (json.Span.Contains('\ufffd') || (!isUtf8 && json.Span.ContainsAnyExceptInRange('\0', '\x7f')))
        {
            sink.Refuse(new(place, json.ToString()), paths.OfEntry(place), BadBytes);
            return;
        }

        try
        {
            using var document = JsonBody.Parse(json);
            if (JsonRecipient.Read(document.RootElement, place, sink.Texts, out var entry) is { } fault)
            {
                sink.Refuse(entry, paths.OfEntry(place), $"{fault.Member}{(fault.Member.Length == 0 ? "" : ": ")}{fault.Text}");
            }
            else
            {
                sink.Add(entry, paths);
            }
        }
        catch (JsonException)
        {
            sink.Refuse(new(place, json.ToString()), paths.OfEntry(place), json.Span.Trim() is "{" ? "is not valid JSON: each line is one recipient, or the file is one array [ … ]" : "is not valid JSON");
        }
    }
}

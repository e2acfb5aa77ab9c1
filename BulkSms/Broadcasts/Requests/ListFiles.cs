using System.Text.Json;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Lists;

namespace BulkSms.Broadcasts.Requests;

/// <summary>A file of recipients, in whatever people keep lists: what it is shows in its content. Text is read as it comes; a workbook is held, and read row by row.</summary>
public static class ListFiles
{
    /// <summary>Reads a file to its end, or to an error after which entries can no longer be told apart.</summary>
    /// <param name="file">The file.</param>
    /// <param name="source">What its sender says of it.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="sink">Takes the entries.</param>
    /// <param name="most">Most entries, duplicates and those with errors included.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task ReadAsync(Stream file, ListSource source, ListOptions options, IListSink sink, int most, CancellationToken cancellation)
    {
        using var list = await ListText.OpenAsync(file, source.Charset, options.Sheet, cancellation);
        if (list.Error is { } error)
        {
            sink.Fail(LinePaths.Instance.OfAll, error);
        }
        else if (list.Sheet is { } sheet)
        {
            await TableEntries.ReadAsync(sheet, options, sink, most, cancellation);
        }
        else if (IsJsonArray(list.Head, source))
        {
            await JsonArrayRecipients.ReadAsync(list.Text!, sink, most, cancellation);
        }
        else if (IsNdjson(list.Head, source))
        {
            await NdjsonRecipients.ReadAsync(list.Text!, sink, most, cancellation);
        }
        else
        {
            await ReadDelimitedAsync(list, options, sink, most, cancellation);
        }
    }

    private static async Task ReadDelimitedAsync(ListText list, ListOptions options, IListSink sink, int most, CancellationToken cancellation)
    {
        var named = options.NumberColumn is { } column ? ForgivingName.KeyOf(column) : null;
        var dialect = await Dialect.OfAsync(list.Head, name => named is null ? NumberColumnNames.Has(name) : ForgivingName.KeyOf(name) == named);
        if (dialect.Other is { } other)
        {
            sink.Fail(LinePaths.Line(1), $"may be separated by {Dialect.NameOf(dialect.Separator)} or by {Dialect.NameOf(other)}: name one in a line above the header, such as sep={dialect.Separator}");
            return;
        }

        var mostLines = (long)UploadLimits.LineEndsEach * (most + 1);
        using var table = new DelimitedReader(list.Text!, dialect.Separator, UploadLimits.RecordSize, mostLines);
        if (dialect.IsNamed)
        {
            await table.ReadAsync(cancellation); // the line that names it
        }

        await TableEntries.ReadAsync(table, options, sink, most, cancellation);
    }

    private static bool IsJsonArray(string head, ListSource source)
    {
        var text = Start(head);
        return text.StartsWith('[') && (source.IsJson || text[1..].TrimStart() is ['{' or '"' or ']' or '[', ..] or "");
    }

    // "+1555…" alone on a line is a number in JSON; "phone" is a header in quotation marks, and so is what goes on after a comma.
    private static bool IsNdjson(string head, ListSource source)
    {
        var text = Start(head);
        return text.StartsWith('{') || source.IsJson || (text.StartsWith('"') && IsNumber(text.Split('\n', 2)[0].Trim()));
    }

    private static string Start(string head) => head.TrimStart('\ufeff', ' ', '\t', '\r', '\n');

    private static bool IsNumber(string line)
    {
        try
        {
            using var json = JsonBody.Parse(line.AsMemory());
            return JsonBody.TryGetText(json.RootElement, out var text) && text.Any(char.IsAsciiDigit) && !text.Any(char.IsLetter);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

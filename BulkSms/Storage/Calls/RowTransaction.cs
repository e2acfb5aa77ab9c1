using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace BulkSms.Storage.Calls;

/// <summary>
/// A transaction that inserts rows, or puts them in the place of any others: a changeset of requests in a multipart body, and an answer of which only ETags are read, or the one refusal. See
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions.
/// </summary>
internal static class RowTransaction
{
    private const int RowLength = 1024;

    // Of this process: no text of a row can be taken for it.
    private static readonly string Boundary = Guid.NewGuid().ToString();
    private static readonly byte[] Begin = Encoding.ASCII.GetBytes($"--batch_{Boundary}\r\nContent-Type: multipart/mixed; boundary=changeset_{Boundary}\r\n\r\n");
    private static readonly byte[] Part = Encoding.ASCII.GetBytes($"--changeset_{Boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
    private static readonly byte[] End = Encoding.ASCII.GetBytes($"--changeset_{Boundary}--\r\n\r\n--batch_{Boundary}--\r\n");

    /// <summary>Where an exception says which row was refused: <see cref="TableTransactionFailedException.FailedTransactionActionIndex"/> reads it there.</summary>
    private const string FailedEntity = "FailedEntity";

    public static string ContentType { get; } = $"multipart/mixed; boundary=batch_{Boundary}";

    private static ReadOnlySpan<byte> Headers =>
        " HTTP/1.1\r\nDataServiceVersion: 3.0\r\nPrefer: return-no-content\r\nAccept: application/json;odata=minimalmetadata\r\nContent-Type: application/json\r\n\r\n"u8;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    private static ReadOnlySpan<byte> StatusLine => "HTTP/1.1 "u8;

    private static ReadOnlySpan<byte> ETagHeader => "etag:"u8;

    /// <summary>The body that writes rows.</summary>
    /// <param name="table">The table's address.</param>
    /// <param name="rows">The rows; of each the address of the row that it replaces, null: it is inserted.</param>
    public static ArrayBufferWriter<byte> Write(string table, IReadOnlyCollection<(TableEntity Row, string? Replaced)> rows)
    {
        var body = new ArrayBufferWriter<byte>(rows.Count * RowLength);
        var inserted = Encoding.ASCII.GetBytes($"POST {table}");
        using var json = new Utf8JsonWriter(body);
        body.Write(Begin);
        foreach (var (row, replaced) in rows)
        {
            body.Write(Part);
            body.Write(replaced is null ? inserted : Encoding.ASCII.GetBytes($"PUT {replaced}"));
            body.Write(Headers);
            RowJson.Write(json, row);
            json.Flush();
            json.Reset();
            body.Write(LineEnd);
        }

        body.Write(End);
        return body;
    }

    /// <summary>The ETags of written rows, in order; null: the answer does not have them all.</summary>
    /// <param name="answer">The body of an answer.</param>
    /// <param name="count">How many rows were to be written.</param>
    /// <exception cref="TableTransactionFailedException">One was refused, and so none is written.</exception>
    public static IReadOnlyList<ETag>? ReadETags(ReadOnlyMemory<byte> answer, int count)
    {
        var etags = new List<ETag>(count);
        var rest = answer;
        for (var status = 0; (status = Next(ref rest)) != 0;)
        {
            if (status >= 400)
            {
                throw Refused(status, rest);
            }

            if (ReadETag(rest.Span) is { } etag)
            {
                etags.Add(etag);
            }
        }

        return etags.Count == count ? etags : null;
    }

    // Moves to what follows the next status line; 0: there is none.
    private static int Next(ref ReadOnlyMemory<byte> rest)
    {
        var start = rest.Span.IndexOf(StatusLine);
        if (start < 0)
        {
            return 0;
        }

        rest = rest[(start + StatusLine.Length)..];
        return int.Parse(rest.Span[..3], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static ETag? ReadETag(ReadOnlySpan<byte> part)
    {
        while (part.IndexOf(LineEnd) is var end and > 0) // an empty line ends the headers
        {
            var line = part[..end];
            if (line.Length > ETagHeader.Length && Ascii.EqualsIgnoreCase(line[..ETagHeader.Length], ETagHeader))
            {
                return new ETag(Encoding.ASCII.GetString(line[ETagHeader.Length..]).Trim());
            }

            part = part[(end + LineEnd.Length)..];
        }

        return null;
    }

    // The message begins with the index of the request that was refused: "1:The specified entity already exists."
    private static TableTransactionFailedException Refused(int status, ReadOnlyMemory<byte> part)
    {
        var start = part.Span.IndexOf((byte)'{');
        var end = part.Span.LastIndexOf((byte)'}');
        var (code, message) = start >= 0 && end > start ? CallFault.Read(part[start..(end + 1)]) : (null, null);
        var index = message?.Split(':')[0] is { } first && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var fault = new RequestFailedException(status, message ?? "A row of the transaction was refused.", code, null);
        fault.Data[FailedEntity] = index.ToString(CultureInfo.InvariantCulture);
        return new(fault);
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace BulkSms.MemoryStorage.Tables;

/// <summary>A transaction on the wire: a multipart body with a changeset of HTTP requests, and one of their answers.</summary>
internal static class TableBatch
{
    private const string Changeset = "changeset";

    /// <summary>One request of a transaction.</summary>
    /// <param name="Method">POST, PATCH, …</param>
    /// <param name="Path">Decoded, without the account.</param>
    /// <param name="IfMatch">The header; null: not sent.</param>
    /// <param name="Body">Where its body is.</param>
    public sealed record Request(string Method, string Path, string? IfMatch, Range Body);

    /// <summary>Reads the requests.</summary>
    public static List<Request> Read(ReadOnlySpan<byte> body)
    {
        // The second line that begins with two dashes is the boundary of the changeset.
        var boundary = BoundaryOf(body);
        var requests = new List<Request>();
        var start = body.IndexOf(boundary) + boundary.Length;
        while (body[start..].IndexOf(boundary) is var length and >= 0)
        {
            requests.Add(ReadOne(body, start, start + length));
            start += length + boundary.Length;
        }

        return requests;
    }

    /// <summary>The answer to a transaction that was made.</summary>
    public static StorageReply Done(IReadOnlyList<TableRow?> rows)
    {
        var answer = new ArrayBufferWriter<byte>(512 + (rows.Count * 256));
        answer.Write(Begin);
        foreach (var row in rows)
        {
            answer.Write(Part);
            answer.Write("HTTP/1.1 204 No Content\r\n"u8);
            if (row is not null)
            {
                answer.Write("ETag: "u8);
                Encoding.ASCII.GetBytes(row.ETag, answer);
                answer.Write("\r\n"u8);
            }

            answer.Write("\r\n\r\n"u8);
        }

        return Answer(answer);
    }

    /// <summary>The answer to a transaction of which one request was refused: the whole was not made.</summary>
    public static StorageReply Refused(ChangeRefusal refusal)
    {
        var answer = new ArrayBufferWriter<byte>(512);
        answer.Write(Begin);
        answer.Write(Part);
        Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {refusal.Status} {refusal.Code}\r\nContent-Type: {TableJson.ContentType}\r\n\r\n"), answer);
        answer.Write(StorageReply.TableErrorBody(refusal.Code, string.Create(CultureInfo.InvariantCulture, $"{refusal.Index}:{refusal.Code}")));
        answer.Write("\r\n"u8);
        return Answer(answer);
    }

    private static ReadOnlySpan<byte> Begin => "--batchresponse\r\nContent-Type: multipart/mixed; boundary=changesetresponse\r\n\r\n"u8;

    private static ReadOnlySpan<byte> Part => "--changesetresponse\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8;

    private static StorageReply Answer(ArrayBufferWriter<byte> answer)
    {
        answer.Write("--changesetresponse--\r\n--batchresponse--\r\n"u8);
        return new StorageReply("table transaction", 202).WithBody(answer.WrittenMemory, "multipart/mixed; boundary=batchresponse");
    }

    private static ReadOnlySpan<byte> BoundaryOf(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf(Encoding.ASCII.GetBytes("--" + Changeset));
        return body.Slice(start, body[start..].IndexOf("\r\n"u8));
    }

    // Headers of the part, empty line, request line, headers, empty line, body, line end.
    private static Request ReadOne(ReadOnlySpan<byte> body, int start, int end)
    {
        var part = body[start..end];
        var request = part.IndexOf("\r\n\r\n"u8) + 4;
        var content = part[request..].IndexOf("\r\n\r\n"u8) is var headers and >= 0 ? request + headers + 4 : part.Length;
        var lines = Encoding.ASCII.GetString(part[request..Math.Min(content, part.Length)]).Split("\r\n");
        var line = lines[0].Split(' ');
        var ifMatch = Array.Find(lines, each => each.StartsWith("If-Match:", StringComparison.OrdinalIgnoreCase))?[9..].Trim();
        var last = part[content..].TrimEnd("\r\n"u8).Length;
        return new(line[0], StoragePath.Split(new Uri(line[1]).AbsolutePath).Path, ifMatch, (start + content)..(start + content + last));
    }
}

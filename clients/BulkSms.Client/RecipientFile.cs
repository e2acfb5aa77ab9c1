using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BulkSms.Client;

/// <summary>A list of people as a file. It is opened anew for each try, and never held in memory.</summary>
public sealed class RecipientFile
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv",
        [".txt"] = "text/plain",
        [".tsv"] = "text/tab-separated-values",
        [".ndjson"] = "application/x-ndjson",
        [".jsonl"] = "application/x-ndjson",
        [".json"] = "application/json",
        [".xls"] = "application/vnd.ms-excel",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // the + of a number takes one byte, not six

    private RecipientFile(string name, Func<Stream> open, long? length) => (Name, Open, Length) = (name, open, length);

    /// <summary>Its name, without a folder.</summary>
    public string Name { get; }

    /// <summary>What it is by its name; the app goes by its content.</summary>
    public string ContentType => Types.GetValueOrDefault(Path.GetExtension(Name), "application/octet-stream");

    internal Func<Stream> Open { get; }

    internal long? Length { get; }

    /// <summary>A file on this machine: CSV and the like, a workbook, NDJSON or a JSON array.</summary>
    public static RecipientFile FromPath(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.Name, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true), file.Length) : throw new FileNotFoundException($"There is no file {path}.", path);
    }

    /// <summary>What is in memory.</summary>
    public static RecipientFile FromBytes(ReadOnlyMemory<byte> content, string name) => new(name, () => new MemoryStream(content.ToArray(), writable: false), content.Length);

    /// <summary>What a stream gives. It is asked for anew when a call is repeated, and closed each time.</summary>
    public static RecipientFile FromStream(Func<Stream> open, string name) => new(name, open, null);

    /// <summary>People as they are enumerated, one a line. They are enumerated anew when a call is repeated.</summary>
    public static RecipientFile FromRecipients(IEnumerable<NewRecipient> recipients) => new("recipients.ndjson", () => new LinesStream(recipients.Select(Line).GetEnumerator()), null);

    private static byte[] Line(NewRecipient recipient)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("to", recipient.To);
            if (recipient.Reference is { } reference)
            {
                json.WriteString("reference", reference);
            }

            if (recipient.Data is { } data)
            {
                json.WriteStartObject("data");
                foreach (var (name, value) in data)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        bytes.Write(Encoding.UTF8.GetBytes("\n"));
        return bytes.ToArray();
    }

    /// <summary>Lines as a stream that is read once.</summary>
    private sealed class LinesStream(IEnumerator<byte[]> lines) : Stream
    {
        private ReadOnlyMemory<byte> rest;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (rest.IsEmpty)
            {
                rest = lines.MoveNext() ? lines.Current : default;
            }

            var taken = Math.Min(count, rest.Length);
            rest[..taken].CopyTo(buffer.AsMemory(offset));
            rest = rest[taken..];
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            lines.Dispose();
            base.Dispose(disposing);
        }
    }
}

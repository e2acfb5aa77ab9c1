using System.Globalization;
using System.Text;

namespace BulkSms.MemoryStorage;

/// <summary>What a storage service answers. The headers that every answer has (Date, x-ms-request-id) are added by <see cref="MemoryAccount"/>.</summary>
/// <param name="Operation">The kind of call, for counting: <c>table insert</c>, <c>queue send</c>, …</param>
/// <param name="Status">The HTTP status.</param>
public sealed record StorageReply(string Operation, int Status)
{
    private const string ErrorCodeHeader = "x-ms-error-code";

    public List<KeyValuePair<string, string>> Headers { get; } = new(8);

    public ReadOnlyMemory<byte> Body { get; private set; }

    public StorageReply With(string name, string value)
    {
        Headers.Add(new(name, value));
        return this;
    }

    public StorageReply With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    public StorageReply WithBody(ReadOnlyMemory<byte> body, string contentType)
    {
        Body = body;
        return With("Content-Type", contentType);
    }

    public StorageReply WithXml(string xml) => WithBody(Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="utf-8"?>{xml}"""), "application/xml");

    /// <summary>An error as the queue and blob services tell it.</summary>
    public static StorageReply Error(string operation, int status, string code) =>
        new StorageReply(operation, status).With(ErrorCodeHeader, code).WithXml($"<Error><Code>{code}</Code><Message>{code}</Message></Error>");

    /// <summary>A limit is reached; all services tell it in this way.</summary>
    /// <param name="limit">Which: <c>account</c>, <c>queue</c>, <c>partition</c>.</param>
    public static StorageReply Busy(string limit) => Error($"busy {limit}", 503, "ServerBusy");

    /// <summary>An error as the table service tells it.</summary>
    public static StorageReply TableError(string operation, int status, string code, string message) => new StorageReply(operation, status)
        .WithBody(TableErrorBody(code, message), "application/json;odata=minimalmetadata;streaming=true;charset=utf-8");

    /// <summary>The body of <see cref="TableError"/>.</summary>
    public static byte[] TableErrorBody(string code, string message) => Encoding.UTF8.GetBytes(
        $$"""{"odata.error": {"code": "{{code}}", "message": {"lang": "en-US", "value": "{{message}}"} } }""");
}

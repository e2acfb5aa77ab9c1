using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BulkSms.Storage.Calls;

/// <summary>Signs calls with the account's key: https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key.</summary>
/// <param name="scheme">How the signature is called in the header.</param>
/// <param name="account">The account's name.</param>
/// <param name="key">The account's key.</param>
/// <param name="time">The clock: storage refuses what is signed at another time than its own.</param>
internal abstract class SharedKeyPolicy(string scheme, string account, byte[] key, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    private const int OnStack = 1024;
    private readonly string prefix = $"{scheme} {account}:";

    public override void OnSendingRequest(HttpMessage message)
    {
        var date = HttpDate.Write(time.GetUtcNow());
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", prefix + Sign(TextToSign(message.Request, date)));
    }

    /// <summary>What is signed of a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="date">Its header <c>x-ms-date</c>.</param>
    protected abstract string TextToSign(Request request, string date);

    /// <summary>The path of the call after the account's name.</summary>
    protected string Resource(Uri address) => $"/{account}{address.AbsolutePath}";

    private string Sign(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        HMACSHA256.HashData(key, bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
        return Convert.ToBase64String(hash);
    }
}

/// <summary>Signs calls to tables as Azure's client does, by date and path: <c>SharedKeyLite</c>.</summary>
internal sealed class TableKeyPolicy(string account, byte[] key, TimeProvider time) : SharedKeyPolicy("SharedKeyLite", account, key, time)
{
    protected override string TextToSign(Request request, string date) => $"{date}\n{Resource(request.Uri.ToUri())}";
}

/// <summary>Signs calls to queues.</summary>
internal sealed class QueueKeyPolicy(string account, byte[] key, TimeProvider time) : SharedKeyPolicy("SharedKey", account, key, time)
{
    private static readonly string[] Signed = ["x-ms-client-request-id", "x-ms-date", "x-ms-return-client-request-id", "x-ms-version"];

    protected override string TextToSign(Request request, string date)
    {
        var length = request.Content is { } content && content.TryComputeLength(out var bytes) && bytes > 0 ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var type = request.Headers.TryGetValue("Content-Type", out var found) ? found : "";

        // Method, encoding, language, length, MD5, type, date (x-ms-date stands for it), four conditions, range.
        var text = new StringBuilder(512).Append(request.Method.Method).Append("\n\n\n").Append(length).Append("\n\n").Append(type).Append("\n\n\n\n\n\n\n");
        foreach (var name in Signed)
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                text.Append(name).Append(':').Append(value).Append('\n');
            }
        }

        var address = request.Uri.ToUri();
        text.Append(Resource(address));
        foreach (var (name, value) in Parameters(address.Query))
        {
            text.Append('\n').Append(name).Append(':').Append(value);
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Parameters(string query) => query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(parameter => parameter.Split('=', 2))
        .Select(parts => (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[^1])))
        .OrderBy(parameter => parameter.Item1, StringComparer.Ordinal);
}

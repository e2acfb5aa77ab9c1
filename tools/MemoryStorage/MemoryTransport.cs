using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BulkSms.MemoryStorage;

/// <summary>The transport of storage clients whose account is in this process, at a latency.</summary>
/// <param name="account">The account.</param>
/// <param name="latency">How long each call takes, besides the work.</param>
/// <param name="time">The clock of the latency.</param>
public sealed class MemoryTransport(MemoryAccount account, TimeSpan latency, TimeProvider time) : HttpPipelineTransport, IDisposable
{
    private const int FirstLength = 1024;
    private readonly HttpClientTransport requests = new(); // makes requests, sends none

    /// <summary>The connection string of the account: nothing is ever sent to this address.</summary>
    public static readonly string ConnectionString = MemoryAccount.ConnectionString(new Uri("http://127.0.0.1:1/"));

    public override Request CreateRequest() => requests.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("Storage is called asynchronously only.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var request = message.Request;
        MemoryStream? body = null;
        if (request.Content is { } content)
        {
            body = new MemoryStream(FirstLength); // asking for its length would write it once more
            await content.WriteToAsync(body, message.CancellationToken);
        }

        await Task.Delay(latency, time, message.CancellationToken);
        var address = request.Uri.ToUri();
        var (service, path) = StoragePath.Split(address.AbsolutePath);
        var call = new StorageCall(
            request.Method.Method, path, address.Query, name => request.Headers.TryGetValue(name, out var value) ? value : null,
            body?.GetBuffer().AsMemory(0, (int)body.Length) ?? default);
        message.Response = new MemoryResponse(account.Handle(service, call), request.ClientRequestId);
    }

    public void Dispose() => requests.Dispose();

    private sealed class MemoryResponse(StorageReply reply, string clientRequestId) : Response
    {
        public override int Status => reply.Status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; } = reply.Body.Length == 0 ? Stream.Null : Open(reply.Body);

        public override string ClientRequestId { get; set; } = clientRequestId;

        public override void Dispose()
        {
        }

        private static MemoryStream Open(ReadOnlyMemory<byte> body) => MemoryMarshal.TryGetArray(body, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false, publiclyVisible: true)
            : new(body.ToArray(), writable: false);

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => reply.Headers.Select(header => new HttpHeader(header.Key, header.Value));

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            foreach (var header in reply.Headers)
            {
                if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    value = header.Value;
                    return true;
                }
            }

            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }
    }
}

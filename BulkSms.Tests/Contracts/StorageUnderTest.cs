using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using BulkSms.Storage.Calls;

namespace BulkSms.Tests.Contracts;

/// <summary>A storage account that the contract's tests call, as BulkSms calls it: by Azure's clients, or by the few calls of its own.</summary>
public sealed class StorageUnderTest
{
    private readonly StorageCalls? own;

    /// <param name="account">The account.</param>
    /// <param name="transport">What carries calls; null: sockets.</param>
    /// <param name="byOwnCalls">Whether the calls that each message makes are BulkSms's own; else Azure's clients make them.</param>
    public StorageUnderTest(StorageAccount account, HttpPipelineTransport? transport = null, bool byOwnCalls = false)
    {
        transport ??= HttpClientTransport.Shared;
        Tables = account.Tables(StorageServices.Tune(new TableClientOptions(), transport));
        Queues = account.Queues(StorageServices.Tune(new QueueClientOptions(), transport));
        Blobs = account.Blobs(StorageServices.Tune(new BlobClientOptions(), transport));
        own = byOwnCalls ? new(account, Tables, Queues, transport) : null;
    }

    public TableServiceClient Tables { get; }

    public QueueServiceClient Queues { get; }

    public BlobServiceClient Blobs { get; }

    /// <summary>An account at an address, with its key.</summary>
    public static StorageUnderTest At(string connectionString, bool byOwnCalls = false) => new(new(connectionString, null, null), byOwnCalls: byOwnCalls);

    /// <summary>An account of its own in memory.</summary>
    public static StorageUnderTest InMemory(bool byOwnCalls = false) => new(new(MemoryTransport.ConnectionString, null, null), Memory(), byOwnCalls);

    /// <summary>An account of its own in memory, called with an identity's token.</summary>
    public static StorageUnderTest WithIdentity(TokenCredential identity) => new(new(null, "bulksms", identity), new HostedTransport(Memory()), byOwnCalls: true);

    public IRowCalls Rows(string table) => own is null ? new ClientRowCalls(Tables.GetTableClient(table)) : new OwnRowCalls(own.Table(table));

    public IMessageCalls Messages(string queue) => own is null ? new ClientMessageCalls(Queues.GetQueueClient(queue)) : new OwnMessageCalls(own.Queue(queue));

    private static MemoryTransport Memory() => new(new MemoryAccount(TimeProvider.System), TimeSpan.Zero, TimeProvider.System);

    // Azure's addresses name the service in the host, those in memory in the path. A call without the token is refused.
    private sealed class HostedTransport(HttpPipelineTransport inner) : HttpPipelineTransport
    {
        public override Request CreateRequest() => inner.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            Assert.True(message.Request.Headers.TryGetValue("Authorization", out var proof));
            Assert.StartsWith($"Bearer {StaticIdentity.Token}", proof, StringComparison.Ordinal);
            var address = message.Request.Uri.ToUri();
            var (there, here) = ($"https://{address.Host}", $"https://{address.Host}/{address.Host.Split('.')[1]}");
            message.Request.Uri.Reset(new Uri(here + address.PathAndQuery));
            if (message.Request.Content is { } content && address.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal))
            {
                using var body = new MemoryStream(); // the requests of a transaction have addresses, too
                await content.WriteToAsync(body, message.CancellationToken);
                message.Request.Content = RequestContent.Create(BinaryData.FromString(Encoding.UTF8.GetString(body.ToArray()).Replace(there, here, StringComparison.Ordinal)));
            }

            await inner.ProcessAsync(message);
        }
    }
}

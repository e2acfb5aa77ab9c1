using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.MemoryStorage;
using BulkSms.Storage;

namespace BulkSms.Tests.Contracts;

/// <summary>A storage account that the contract's tests call, by the clients that BulkSms calls it by.</summary>
public sealed class StorageUnderTest(string connectionString, HttpPipelineTransport? transport = null)
{
    public TableServiceClient Tables { get; } = new(connectionString, Tuned(new TableClientOptions(), transport));

    public QueueServiceClient Queues { get; } = new(connectionString, Tuned(new QueueClientOptions(), transport));

    public BlobServiceClient Blobs { get; } = new(connectionString, Tuned(new BlobClientOptions(), transport));

    /// <summary>An account of its own in memory.</summary>
    public static StorageUnderTest InMemory() =>
        new(MemoryTransport.ConnectionString, new MemoryTransport(new MemoryAccount(TimeProvider.System), TimeSpan.Zero, TimeProvider.System));

    private static T Tuned<T>(T options, HttpPipelineTransport? transport)
        where T : Azure.Core.ClientOptions => StorageServices.Tune(options, transport ?? HttpClientTransport.Shared);
}

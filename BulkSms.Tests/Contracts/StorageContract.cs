using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Contracts;

/// <summary>A storage account that the contract's tests call, by the clients that BulkSms calls it by.</summary>
public sealed class StorageUnderTest(string connectionString, HttpPipelineTransport? transport = null)
{
    public TableServiceClient Tables { get; } = new(connectionString, Tuned(new TableClientOptions(), transport));

    public QueueServiceClient Queues { get; } = new(connectionString, Tuned(new QueueClientOptions(), transport));

    public BlobServiceClient Blobs { get; } = new(connectionString, Tuned(new BlobClientOptions(), transport));

    private static T Tuned<T>(T options, HttpPipelineTransport? transport)
        where T : Azure.Core.ClientOptions => transport is null ? options : StorageServices.Tune(options, transport);
}

public sealed class AzuriteTableTests(AzuriteFixture azurite) : TableContract(new StorageUnderTest(azurite.NewAccount()));

public sealed class AzuriteQueueTests(AzuriteFixture azurite) : QueueContract(new StorageUnderTest(azurite.NewAccount()));

public sealed class AzuriteBlobTests(AzuriteFixture azurite) : BlobContract(new StorageUnderTest(azurite.NewAccount()));

public sealed class MemoryTableTests() : TableContract(InMemory.Storage());

public sealed class MemoryQueueTests() : QueueContract(InMemory.Storage());

public sealed class MemoryBlobTests() : BlobContract(InMemory.Storage());

internal static class InMemory
{
    public static StorageUnderTest Storage() =>
        new(MemoryTransport.ConnectionString, new MemoryTransport(new MemoryAccount(TimeProvider.System), TimeSpan.Zero, TimeProvider.System));
}

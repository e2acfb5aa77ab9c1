using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Contracts;

public sealed class AzuriteTableTests(AzuriteFixture azurite) : TableContract(new StorageUnderTest(azurite.NewAccount()));

public sealed class AzuriteQueueTests(AzuriteFixture azurite) : QueueContract(new StorageUnderTest(azurite.NewAccount()));

public sealed class AzuriteBlobTests(AzuriteFixture azurite) : BlobContract(new StorageUnderTest(azurite.NewAccount()));

public sealed class MemoryTableTests() : TableContract(StorageUnderTest.InMemory());

public sealed class MemoryQueueTests() : QueueContract(StorageUnderTest.InMemory());

public sealed class MemoryBlobTests() : BlobContract(StorageUnderTest.InMemory());

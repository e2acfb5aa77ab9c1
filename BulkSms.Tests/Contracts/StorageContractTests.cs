using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Contracts;

public sealed class AzuriteTableTests(AzuriteFixture azurite) : TableContract(StorageUnderTest.At(azurite.NewAccount()));

public sealed class AzuriteRowTests(AzuriteFixture azurite) : RowContract(StorageUnderTest.At(azurite.NewAccount()));

public sealed class AzuriteOwnRowTests(AzuriteFixture azurite) : RowContract(StorageUnderTest.At(azurite.NewAccount(), byOwnCalls: true));

public sealed class AzuriteQueueTests(AzuriteFixture azurite) : QueueContract(StorageUnderTest.At(azurite.NewAccount()));

public sealed class AzuriteMessageTests(AzuriteFixture azurite) : MessageContract(StorageUnderTest.At(azurite.NewAccount()));

public sealed class AzuriteOwnMessageTests(AzuriteFixture azurite) : MessageContract(StorageUnderTest.At(azurite.NewAccount(), byOwnCalls: true));

public sealed class AzuriteBlobTests(AzuriteFixture azurite) : BlobContract(StorageUnderTest.At(azurite.NewAccount()));

public sealed class MemoryTableTests() : TableContract(StorageUnderTest.InMemory());

public sealed class MemoryRowTests() : RowContract(StorageUnderTest.InMemory());

public sealed class MemoryOwnRowTests() : RowContract(StorageUnderTest.InMemory(byOwnCalls: true));

public sealed class MemoryIdentityRowTests() : RowContract(StorageUnderTest.WithIdentity(new StaticIdentity()));

public sealed class MemoryQueueTests() : QueueContract(StorageUnderTest.InMemory());

public sealed class MemoryMessageTests() : MessageContract(StorageUnderTest.InMemory());

public sealed class MemoryOwnMessageTests() : MessageContract(StorageUnderTest.InMemory(byOwnCalls: true));

public sealed class MemoryIdentityMessageTests() : MessageContract(StorageUnderTest.WithIdentity(new StaticIdentity()));

public sealed class MemoryBlobTests() : BlobContract(StorageUnderTest.InMemory());

using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Queues;
using Azure.Storage.Sas;
using BulkSms.Chaos.Storage;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using BulkSms.Storage.Calls;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Contracts;

/// <summary>Own calls to storage are authenticated, repeated and given up as those of Azure's clients are; what they ask for, the contract's tests say.</summary>
public sealed class StorageCallsTests(AzuriteFixture azurite)
{
    private static readonly TableEntity Row = new("p", "a");

    [Fact]
    public async Task AnyCall_WithASharedAccessSignature_IsTaken()
    {
        var storage = WithSignature(azurite.NewAccount());
        var (tables, queues) = (new TableServiceClient(storage), new QueueServiceClient(storage));
        await tables.CreateTableIfNotExistsAsync("Things");
        await queues.GetQueueClient("things").CreateIfNotExistsAsync();
        var calls = new StorageCalls(new(storage, null, null), tables, queues, HttpClientTransport.Shared);

        await calls.Table("Things").InsertAllAsync([new("p", "a"), new("p", "b")], TestContext.Current.CancellationToken);
        await calls.TableOnce("Things").SubmitAsync([new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "b"))], TestContext.Current.CancellationToken);
        await calls.Table("Things").MergeAsync(new("p", "a") { ["x"] = 1 }, ETag.All, TestContext.Current.CancellationToken);
        await calls.Queue("things").PutAsync(BinaryData.FromString("x"), TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        Assert.Equal(1, (await calls.Table("Things").FindAsync("p", "a", TestContext.Current.CancellationToken))?.Row["x"]);
    }

    [Fact]
    public async Task AnyCall_WhileStorageIsBusy_IsTriedAsOftenAsByTheClient()
    {
        var account = new MemoryAccount(TimeProvider.System) { Limits = new(TimeProvider.System, 0) };
        var storage = new Scene(new MemoryTransport(account, TimeSpan.Zero, TimeProvider.System));

        var faults = await storage.FaultsAsync();

        Assert.All(faults, fault => Assert.Equal(503, Assert.IsAssignableFrom<RequestFailedException>(fault).Status));
        Assert.Equal("ServerBusy", Assert.IsAssignableFrom<RequestFailedException>(faults[^3]).ErrorCode); // the fan-out slows down by it
        Assert.All(faults, fault => Assert.True(fault.IsUnavailable()));
        Assert.Equal(3 * faults.Count, storage.Tries);
    }

    [Fact]
    public async Task AnyCall_WhoseConnectionBreaks_FailsAsTheClientsDoes()
    {
        var broken = new FaultyTransport(new MemoryTransport(new MemoryAccount(TimeProvider.System), TimeSpan.Zero, TimeProvider.System)) { Decide = _ => StorageFaultKind.CutBefore };
        var storage = new Scene(broken);

        var faults = await storage.FaultsAsync();

        Assert.All(faults, fault => Assert.Equal(3, Assert.IsType<AggregateException>(fault).InnerExceptions.Count));
        Assert.All(faults, fault => Assert.True(fault.IsUnavailable()));
        Assert.Equal(3 * faults.Count, storage.Tries);
    }

    [Fact]
    public async Task Submit_ByCallsThatAreNotRepeated_IsTriedOnceAndFailsAsTheTryDid()
    {
        var account = new MemoryAccount(TimeProvider.System) { Limits = new(TimeProvider.System, 0) };
        var busy = new Scene(new MemoryTransport(account, TimeSpan.Zero, TimeProvider.System));
        var broken = new Scene(new FaultyTransport(new MemoryTransport(new MemoryAccount(TimeProvider.System), TimeSpan.Zero, TimeProvider.System)) { Decide = _ => StorageFaultKind.CutBefore });

        foreach (var storage in new[] { busy, broken })
        {
            var own = await Assert.ThrowsAsync<RequestFailedException>(() => storage.Calls.TableOnce("Things").SubmitAsync(
                [new(TableTransactionActionType.Add, Row)], TestContext.Current.CancellationToken));

            Assert.True(own.IsUnavailable());
            Assert.Equal(storage == busy ? 503 : 0, own.Status);
            Assert.Equal(1, storage.Tries);
        }
    }

    [Fact]
    public async Task AnyCall_ThatIsGivenUp_EndsAtOnce()
    {
        var storage = new Scene(new MemoryTransport(new MemoryAccount(TimeProvider.System), TimeSpan.FromHours(1), TimeProvider.System));
        using var given = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Calls.Queue("things").PutAsync(BinaryData.FromString("x"), null, given.Token));
    }

    [Theory]
    [InlineData("AccountName=a;AccountKey=bm90IGEgc2VjcmV0;EndpointSuffix=core.windows.net", "not a secret", null)]
    [InlineData(" accountkey = bm90IGEgc2VjcmV0 ;AccountName=a", "not a secret", null)]
    [InlineData("TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=?sv=1&sig=a%3D", null, "sv=1&sig=a%3D")]
    public void ReadKey_OfAConnectionString_IsItsOwn(string connectionString, string? key, string? signature)
    {
        var account = new StorageAccount(connectionString, null, null);

        Assert.Equal(key, account.ReadKey() is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null);
        Assert.Equal(signature, account.ReadSignature());
    }

    [Fact]
    public void ReadKey_OfTheEmulator_IsTheOneThatEveryEmulatorHas() => Assert.Equal(64, new StorageAccount("UseDevelopmentStorage=true", null, null).ReadKey()!.Length);

    private static string WithSignature(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        var signature = new AccountSasBuilder(
            AccountSasPermissions.All, TimeProvider.System.GetUtcNow().AddHours(1), AccountSasServices.All, AccountSasResourceTypes.All) { Protocol = SasProtocol.HttpsAndHttp }
            .ToSasQueryParameters(new StorageSharedKeyCredential(parts["AccountName"], parts["AccountKey"]));
        return $"BlobEndpoint={parts["BlobEndpoint"]};QueueEndpoint={parts["QueueEndpoint"]};TableEndpoint={parts["TableEndpoint"]};SharedAccessSignature={signature}";
    }

    // The same calls by Azure's clients and by our own, over one transport.
    private sealed class Scene
    {
        private readonly RecordingTransport recorded;
        private readonly TableClient table;
        private readonly QueueClient queue;

        public Scene(HttpPipelineTransport transport)
        {
            recorded = new(transport);
            var account = new StorageAccount(MemoryTransport.ConnectionString, null, null);
            var (tables, queues) = (account.Tables(StorageServices.Tune(new TableClientOptions(), recorded)), account.Queues(StorageServices.Tune(new QueueClientOptions(), recorded)));
            (table, queue) = (tables.GetTableClient("Things"), queues.GetQueueClient("things"));
            Calls = new(account, tables, queues, recorded);
        }

        public StorageCalls Calls { get; }

        public long Tries => recorded.Begun;

        public async Task<IReadOnlyList<Exception>> FaultsAsync()
        {
            var (ownTable, ownQueue, cancellation) = (Calls.Table("Things"), Calls.Queue("things"), TestContext.Current.CancellationToken);
            Task[] calls =
            [
                table.UpdateEntityAsync(Row, ETag.All, TableUpdateMode.Merge, cancellation), ownTable.MergeAsync(Row, ETag.All, cancellation),
                table.AddEntityAsync(Row, cancellation), ownTable.InsertAsync(Row, cancellation),
                table.GetEntityIfExistsAsync<TableEntity>("p", "a", cancellationToken: cancellation), ownTable.FindAsync("p", "a", cancellation),
                table.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row)], cancellation), ownTable.InsertAllAsync([Row], cancellation),
                queue.SendMessageAsync("x", cancellation), ownQueue.PutAsync(BinaryData.FromString("x"), null, cancellation),
                queue.DeleteMessageAsync("a", "b", cancellation), ownQueue.DeleteAsync("a", "b", cancellation),
            ];
            return await Task.WhenAll(calls.Select(call => Assert.ThrowsAnyAsync<Exception>(() => call)));
        }
    }
}

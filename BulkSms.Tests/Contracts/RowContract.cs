using Azure;
using Azure.Data.Tables;

namespace BulkSms.Tests.Contracts;

/// <summary>What BulkSms relies on in the calls to tables that each message makes.</summary>
public abstract class RowContract(StorageUnderTest storage) : IAsyncLifetime
{
    private readonly IRowCalls rows = storage.Rows("Things");

    public async ValueTask InitializeAsync() => await storage.Tables.CreateTableIfNotExistsAsync("Things");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("p", "it's a key")]
    [InlineData("p", "a b+c%20&d=e;ü@(1)")]
    [InlineData("it's ü+", "k")]
    [InlineData("", "k")]
    public async Task Insert_ThenRead_GivesEveryTypeBack(string partition, string key)
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567);
        var etag = await rows.InsertAsync(new TableEntity(partition, key)
        {
            ["text"] = "a \"quoted\" ü 😀\n+<&>", ["empty"] = "", ["int"] = -42, ["long"] = 1L << 40, ["double"] = 0.5, ["yes"] = true, ["time"] = time, ["none"] = null,
        });

        var row = (await rows.FindAsync(partition, key))!;

        Assert.Equal(
            ("a \"quoted\" ü 😀\n+<&>", "", -42, 1L << 40, 0.5, true),
            (row["text"], row["empty"], row["int"], row["long"], row["double"], row["yes"]));
        Assert.Equal(time, row.GetDateTimeOffset("time"));
        Assert.False(row.TryGetValue("none", out var none) && none is not null);
        Assert.Equal((partition, key, etag), (row.PartitionKey, row.RowKey, row.ETag));
        Assert.InRange(row.Timestamp!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task Insert_OfWhatIsThere_Is409AndChangesNothing()
    {
        await rows.InsertAsync(new TableEntity("p", "a") { ["x"] = 1 });

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => rows.InsertAsync(new TableEntity("p", "a") { ["x"] = 2 }));

        Assert.Equal((409, "EntityAlreadyExists"), (fault.Status, fault.ErrorCode));
        Assert.Equal(1, (await rows.FindAsync("p", "a"))!["x"]);
    }

    [Fact]
    public async Task Read_OfNothing_HasNoValue() => Assert.Null(await rows.FindAsync("p", "none"));

    [Fact]
    public async Task AnyCall_WithoutTheTable_SaysTableNotFound()
    {
        var none = storage.Rows("Nothing");
        Task[] calls = [none.InsertAsync(new("p", "a")), none.MergeAsync(new("p", "a"), ETag.All), none.InsertAllAsync([new("p", "a"), new("p", "b")])];
        foreach (var call in calls)
        {
            var fault = await Assert.ThrowsAnyAsync<RequestFailedException>(() => call);

            Assert.Equal((404, "TableNotFound"), (fault.Status, fault.ErrorCode));
        }

        Assert.Null(await none.FindAsync("p", "a")); // as the client answers
    }

    [Fact]
    public async Task Merge_UnderItsETag_KeepsOtherColumnsAndGivesANewETag()
    {
        var first = await rows.InsertAsync(new TableEntity("p", "a") { ["x"] = 1, ["y"] = "kept" });

        var (second, at) = await rows.MergeAsync(new TableEntity("p", "a") { ["x"] = 2, ["y"] = null }, first);

        var row = (await rows.FindAsync("p", "a"))!;
        Assert.Equal((2, "kept"), (row["x"], row["y"]));
        Assert.Equal(second, row.ETag);
        Assert.NotEqual(first, second);
        Assert.InRange(at, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task Merge_UnderAnOldETag_Is412AndChangesNothing()
    {
        var old = await rows.InsertAsync(new TableEntity("p", "a") { ["x"] = 1 });
        await rows.MergeAsync(new TableEntity("p", "a") { ["x"] = 2 }, old);

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => rows.MergeAsync(new TableEntity("p", "a") { ["x"] = 3 }, old));

        Assert.Equal((412, "UpdateConditionNotSatisfied"), (fault.Status, fault.ErrorCode));
        Assert.Equal(2, (await rows.FindAsync("p", "a"))!["x"]);
    }

    [Fact]
    public async Task Merge_OfNothing_Is404AndInsertsNothing()
    {
        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => rows.MergeAsync(new TableEntity("p", "a"), ETag.All));

        Assert.Equal((404, "ResourceNotFound"), (fault.Status, fault.ErrorCode));
        Assert.Null(await rows.FindAsync("p", "a"));
    }

    [Fact]
    public async Task Transaction_OfAHundred_GivesAnETagForEach()
    {
        var inserted = await rows.InsertAllAsync([.. Enumerable.Range(0, 100).Select(i => new TableEntity("p", $"{i:000}") { ["i"] = i, ["text"] = "--changeset\r\n\r\nHTTP/1.1 409 😀" })]);

        var stored = await storage.Tables.GetTableClient("Things").QueryAsync<TableEntity>("PartitionKey eq 'p'").ToListAsync();
        Assert.Equal(stored.Select(row => row.ETag), inserted);
        Assert.Equal(Enumerable.Range(0, 100), stored.Select(row => row.GetInt32("i")!.Value));
        Assert.All(stored, row => Assert.Equal("--changeset\r\n\r\nHTTP/1.1 409 😀", row.GetString("text")));
    }

    [Fact]
    public async Task Transaction_WithOneConflict_ChangesNothing()
    {
        await rows.InsertAsync(new TableEntity("p", "b"));

        var fault = await Assert.ThrowsAsync<TableTransactionFailedException>(() => rows.InsertAllAsync([new("p", "a"), new("p", "b"), new("p", "c")]));

        Assert.Equal((409, "EntityAlreadyExists", 1), (fault.Status, fault.ErrorCode, fault.FailedTransactionActionIndex));
        Assert.Null(await rows.FindAsync("p", "a"));
    }

    [Fact]
    public async Task Transaction_ThatReplaces_LeavesNothingOfTheRowBefore()
    {
        await rows.InsertAsync(new TableEntity("p", "it's b") { ["x"] = 1, ["y"] = "gone" });

        await rows.SubmitAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a") { ["x"] = 2 }),
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "it's b") { ["x"] = 3 }),
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "c") { ["x"] = 4 }),
        ]);

        var (a, b, c) = (await rows.FindAsync("p", "a"), await rows.FindAsync("p", "it's b"), await rows.FindAsync("p", "c"));
        Assert.Equal((2, 3, 4), (a!["x"], b!["x"], c!["x"]));
        Assert.False(b.ContainsKey("y"));
    }

    [Fact]
    public async Task Transaction_ThatReplacesBesideAConflict_ChangesNothing()
    {
        await rows.InsertAsync(new TableEntity("p", "a") { ["x"] = 1 });
        await rows.InsertAsync(new TableEntity("p", "b") { ["x"] = 1 });

        var fault = await Assert.ThrowsAsync<TableTransactionFailedException>(() => rows.SubmitAsync(
        [
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "b") { ["x"] = 2 }),
            new(TableTransactionActionType.Add, new TableEntity("p", "a") { ["x"] = 2 }),
        ]));

        Assert.Equal((409, "EntityAlreadyExists", 1), (fault.Status, fault.ErrorCode, fault.FailedTransactionActionIndex));
        Assert.Equal((1, 1), ((await rows.FindAsync("p", "a"))!["x"], (await rows.FindAsync("p", "b"))!["x"]));
    }

    [Fact]
    public async Task Pages_OfMoreRowsThanStorageGivesAtATime_HaveAllThatAreMeant()
    {
        const string Partition = "2p3v9yk3x2n4c-0f";
        await Task.WhenAll(Enumerable.Range(0, 11).Select(hundred => rows.InsertAllAsync([.. Enumerable.Range(hundred * 100, 100)
            .Select(i => new TableEntity(Partition, $"{i:0000}") { ["kind"] = i % 1000 == 7 ? "it's a few + & more" : "many", ["number"] = i })])));
        await rows.InsertAsync(new TableEntity("another", "0") { ["kind"] = "many", ["number"] = 0 });

        var many = await rows.ValuesAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and kind eq {"many"}"), "number");
        var few = await rows.ValuesAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and kind eq {"it's a few + & more"}"), "number");

        Assert.Equal([.. Enumerable.Range(0, 1100).Where(i => i % 1000 != 7).Select(i => $"{i}")], many);
        Assert.Equal(["7", "1007"], few);
    }
}

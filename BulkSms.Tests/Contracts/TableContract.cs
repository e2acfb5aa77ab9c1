using Azure;
using Azure.Data.Tables;

namespace BulkSms.Tests.Contracts;

/// <summary>What BulkSms relies on in the table service, besides <see cref="RowContract"/>.</summary>
public abstract class TableContract(StorageUnderTest storage) : IAsyncLifetime
{
    private readonly TableClient table = storage.Tables.GetTableClient("Things");

    public async ValueTask InitializeAsync() => await storage.Tables.CreateTableIfNotExistsAsync("Things");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task CreateTableIfNotExists_Twice_IsNoFault() => await storage.Tables.CreateTableIfNotExistsAsync("Things");

    [Fact]
    public async Task Upsert_Replaces()
    {
        await table.UpsertEntityAsync(new TableEntity("p", "a") { ["x"] = 1 }, TableUpdateMode.Replace);
        await table.UpsertEntityAsync(new TableEntity("p", "a") { ["y"] = 2 }, TableUpdateMode.Replace);

        var row = (await table.GetEntityAsync<TableEntity>("p", "a")).Value;
        Assert.Equal((false, 2), (row.ContainsKey("x"), row["y"]));
    }

    [Fact]
    public async Task Delete_ByETag_DeletesThatStateOnly()
    {
        var old = (await table.AddEntityAsync(new TableEntity("p", "a"))).Headers.ETag!.Value;
        var current = (await table.UpdateEntityAsync(new TableEntity("p", "a"), old, TableUpdateMode.Merge)).Headers.ETag!.Value;

        Assert.Equal(412, (await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "a", old))).Status);
        await table.DeleteEntityAsync("p", "a", current);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "a", ETag.All)).Status); // the client takes it for done
    }

    [Fact]
    public async Task Transaction_OfAMergeAndADelete_HoldsToTheETag()
    {
        var old = (await table.AddEntityAsync(new TableEntity("p", "a") { ["x"] = 1 })).Headers.ETag!.Value;
        await table.AddEntityAsync(new TableEntity("p", "marker"));
        var current = (await table.UpdateEntityAsync(new TableEntity("p", "a") { ["y"] = 1 }, old, TableUpdateMode.Merge)).Headers.ETag!.Value;

        Assert.Equal(412, (await Assert.ThrowsAsync<TableTransactionFailedException>(() => CompleteAsync(old))).Status);
        await CompleteAsync(current);

        Assert.Equal(["a"], await KeysAsync("PartitionKey eq 'p' and x eq 2 and y eq 1"));
        Assert.Equal(["a"], await KeysAsync("PartitionKey eq 'p'"));

        Task CompleteAsync(ETag etag) => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "a") { ["x"] = 2 }, etag),
            new(TableTransactionActionType.Delete, new TableEntity("p", "marker"), ETag.All),
        ]);
    }

    [Fact]
    public async Task Query_ByKeysAndColumns_FindsInOrder()
    {
        var before = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var key in new[] { "b-2", "a-1", "b-1", "c-1", "b-3" })
        {
            await table.AddEntityAsync(new TableEntity("p", key) { ["status"] = key == "b-2" ? "Pending" : "sent", ["n"] = key[^1] - '0', ["at"] = before.AddDays(key[^1] - '0') });
        }

        await table.AddEntityAsync(new TableEntity("q", "b-1") { ["status"] = "Pending" });

        Assert.Equal(["b-1", "b-2", "b-3"], await KeysAsync("PartitionKey eq 'p' and RowKey gt 'b-' and RowKey lt 'b.'"));
        Assert.Equal(["b-2", "b-1"], await KeysAsync("status eq 'Pending'"));
        Assert.Equal(["b-2", "b-3"], await KeysAsync("PartitionKey eq 'p' and RowKey ge 'b' and (n eq 2 or n ge 3)"));
        Assert.Equal(["a-1", "b-1", "c-1"], await KeysAsync(TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and at lt {before.AddDays(2)}")));
        Assert.Equal(5, (await KeysAsync(TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and Timestamp ge {before}"))).Count);
        Assert.Equal(["b-2"], await KeysAsync("PartitionKey eq 'p' and not (status eq 'sent')"));
        Assert.Equal(["b-2", "b-1"], await KeysAsync("(PartitionKey gt 'p' or (PartitionKey eq 'p' and RowKey eq 'b-2'))"));
    }

    [Fact]
    public async Task Query_OfChosenColumns_GivesNoOthers()
    {
        await table.AddEntityAsync(new TableEntity("p", "a") { ["x"] = 1, ["y"] = 2 });

        var row = await table.QueryAsync<TableEntity>("PartitionKey eq 'p'", select: ["RowKey", "x"]).SingleAsync();

        Assert.Equal(("a", 1), (row.RowKey, row["x"]));
        Assert.False(row.TryGetValue("y", out var y) && y is not null);
        Assert.NotEqual(default, row.ETag);
    }

    [Fact]
    public async Task Query_OfMoreThanAPage_GoesOnWhereThePageEnded()
    {
        foreach (var partition in new[] { "p", "q" })
        {
            foreach (var chunk in Enumerable.Range(0, 700).Chunk(100))
            {
                await table.SubmitTransactionAsync(chunk.Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, $"{i:0000}"))));
            }
        }

        var pages = await table.QueryAsync<TableEntity>("RowKey lt '0600'").AsPages().Select(page => page.Values.Count).ToListAsync();
        var small = await table.QueryAsync<TableEntity>("PartitionKey eq 'q'", maxPerPage: 300).AsPages().Select(page => page.Values.Count).ToListAsync();

        Assert.Equal(1200, pages.Sum());
        Assert.True(pages.Count > 1);
        Assert.Equal([300, 300, 100], small);
    }

    [Fact]
    public async Task Query_PageEndsAtAKeyOfAnyCharacters_GoesOnAfterIt()
    {
        string[] keys = ["a b", "c+d&e=f", "g%2Bh", "ü€", "平仮名"];
        foreach (var key in keys)
        {
            await table.AddEntityAsync(new TableEntity($"ö+&{key}", key));
        }

        var pages = await table.QueryAsync<TableEntity>(maxPerPage: 1).AsPages().Take(keys.Length + 1).SelectMany(page => page.Values.Select(row => row.RowKey).ToAsyncEnumerable()).ToListAsync();

        Assert.Equal(keys, pages);
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string filter) =>
        await table.QueryAsync<TableEntity>(filter).Select(row => row.RowKey).ToListAsync();
}

using System.Net;
using BulkSms.Client;
using BulkSms.Client.Models;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Client;

/// <summary>Following a broadcast, lists page by page, and what is downloaded.</summary>
public sealed class WaitTests(MemoryFixture memory)
{
    private const string Id = "fe5df0da5652ca7009ea64198724";

    [Fact]
    public async Task Wait_ForABroadcast_EndsWhenItIsCompleted()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var client = Clients.Of(app);
        var accepted = await client.Broadcasts.CreateAsync(new() { Message = "Hello", Recipients = [.. TestApp.Numbers(30).Select(number => new NewRecipient(number))] });
        var seen = new List<Broadcast>();

        var last = await client.Broadcasts.WaitAsync(accepted.BroadcastId!, new Each(seen.Add));

        Assert.Equal((BroadcastStatus.Completed, 30, 100), (last.Status, last.Progress?.Final, last.Progress?.Percent));
        Assert.Equal(30, last.CountsByStatus["delivered"]);
        Assert.NotNull(last.FirstSentAt);
        Assert.Same(last, seen[^1]);
    }

    [Fact]
    public async Task Wait_BetweenTwoAsks_TakesThePauseThatTheAppNames()
    {
        var clock = new FakeTimeProvider();
        var stub = new StubTransport((number, _) =>
        {
            var answer = number == 2 ? new(HttpStatusCode.NotModified) : StubTransport.Json($$"""{"broadcastId": "{{Id}}", "status": "{{(number < 3 ? "sending" : "completed")}}"}""");
            answer.Headers.ETag = new($"\"{number}\"");
            answer.Headers.RetryAfter = number < 3 ? new(TimeSpan.FromSeconds(10)) : null;
            return answer;
        });
        using var client = Clients.Of(stub, clock);

        var seen = new List<BroadcastStatus?>();
        var wait = client.Broadcasts.WaitAsync(Id, new Each(each => seen.Add(each.Status)));
        await Eventually.TrueAsync(() => stub.Asked.Count == 1 && seen.Count == 1);
        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Single(stub.Asked);
        await RepeatTests.AdvanceUntilAsync(clock, wait, step: 1);

        Assert.Equal([BroadcastStatus.Sending, BroadcastStatus.Completed], seen); // 304 is no change
        Assert.Equal([null, "\"1\"", "\"2\""], stub.Asked.Select(each => each.Headers.GetValueOrDefault("If-None-Match")));
    }

    [Fact]
    public async Task Wait_WithALongPause_AsksAfterFiveMinutes()
    {
        var clock = new FakeTimeProvider();
        var stub = new StubTransport((number, _) =>
        {
            var answer = StubTransport.Json($$"""{"broadcastId": "{{Id}}", "status": "{{(number == 1 ? "scheduled" : "completed")}}"}""");
            answer.Headers.RetryAfter = number == 1 ? new(TimeSpan.FromHours(1)) : null;
            return answer;
        });
        using var client = Clients.Of(stub, clock);
        var seen = 0;

        var wait = client.Broadcasts.WaitAsync(Id, new Each(_ => seen++));
        await Eventually.TrueAsync(() => seen == 1);
        clock.Advance(TimeSpan.FromSeconds(299));
        Assert.Single(stub.Asked);
        await RepeatTests.AdvanceUntilAsync(clock, wait);

        Assert.Equal(2, stub.Asked.Count);
    }

    [Fact]
    public async Task Wait_ThatIsStopped_CancelsNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);
        using var stop = new CancellationTokenSource();
        var accepted = await client.Broadcasts.CreateAsync(new() { Message = "Hello", Recipients = ["+15551230001"] });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Broadcasts.WaitAsync(accepted.BroadcastId!, new Each(_ => stop.Cancel()), stop.Token));

        Assert.Equal(BroadcastStatus.Sending, (await client.Broadcasts.GetAsync(accepted.BroadcastId!)).Status);
    }

    [Fact]
    public async Task Lists_OfSeveralPages_ComeInFull()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);
        var ids = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await client.Broadcasts.CreateAsync(new() { Message = $"Hello {i}", Recipients = [.. TestApp.Numbers(25).Select(number => new NewRecipient(number))] })).BroadcastId);
        }

        Assert.Equal(ids, await client.Broadcasts.ListAsync(new() { PageSize = 2 }).Select(each => each.BroadcastId).ToArrayAsync());
        Assert.Equal(TestApp.Numbers(25), await client.Broadcasts.ListRecipientsAsync(ids[0]!, pageSize: 10).Select(each => each.To).Order(StringComparer.Ordinal).ToArrayAsync());
        Assert.Equal(ids[2], (await client.Broadcasts.ListAsync(new() { Text = "hello 2", CreatedFrom = TimeProvider.System.GetUtcNow().AddMinutes(-10) }).SingleAsync()).BroadcastId);
    }

    [Fact]
    public async Task Lists_AreAskedForPageByPage()
    {
        var stub = new StubTransport((_, _) => StubTransport.Json("""{"broadcasts": [{"message": "one"}, {"message": "two"}], "next": "more"}"""));
        using var client = Clients.Of(stub);

        Assert.Equal(3, await client.Broadcasts.ListAsync().Take(3).CountAsync());

        Assert.Equal(["", "?cursor=more"], stub.Asked.Select(each => each.Address.Query));
    }

    [Fact]
    public async Task Results_OfABroadcast_AreWrittenAsTheyCome()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var client = Clients.Of(app);
        var accepted = await client.Broadcasts.CreateAsync(new() { Message = "Hello", Recipients = ["+15551230001", "+15551230002"] });
        await client.Broadcasts.WaitAsync(accepted.BroadcastId!);
        using var all = new MemoryStream();
        using var none = new MemoryStream();

        await client.Broadcasts.DownloadResultsAsync(accepted.BroadcastId!, all);
        await client.Broadcasts.DownloadResultsAsync(accepted.BroadcastId!, none, ["failed"]);

        Assert.Equal(3, System.Text.Encoding.UTF8.GetString(all.ToArray()).TrimEnd().Split('\n').Length);
        Assert.Single(System.Text.Encoding.UTF8.GetString(none.ToArray()).TrimEnd().Split('\n'));
    }

    private sealed class Each(Action<Broadcast> tell) : IProgress<Broadcast>
    {
        public void Report(Broadcast value) => tell(value);
    }
}

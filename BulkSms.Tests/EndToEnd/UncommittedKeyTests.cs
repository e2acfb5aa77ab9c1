using System.Net;
using System.Net.Http.Json;
using System.Text;
using Azure.Data.Tables;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Idempotency keys whose first request came to no commit, and keys whose broadcast is erased.</summary>
public sealed class UncommittedKeyTests(MemoryFixture memory)
{
    private const string Body = """{"message": "Hello", "recipients": ["+12015550101"]}""";
    private const string Capped = """{"message": "Hello", "recipients": ["+12015550101"], "maxCost": 0.01}""";

    [Fact]
    public async Task Repeat_LongAfterTheFirstCommitFailed_HasTheSameIdAndItsOwnTimes()
    {
        var broken = true;
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
            broken && call.Operation is StorageOperation.CommitBroadcast ? StorageFaultKind.CutBefore : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(
            proxy.ConnectionString, [new("Broadcasts:CommitProbe", "00:00:00"), new("Broadcasts:ExpireAfter", "01:00:00")]);
        using var failed = await PostAsync(app, Body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        var row = await AgeAsync(app, TimeSpan.FromHours(2));

        broken = false;
        using var repeat = await PostAsync(app, Body);

        var accepted = (await repeat.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!;
        Assert.Equal(row.GetString("broadcastId"), accepted.BroadcastId);
        var view = await app.CompletedAsync(accepted.BroadcastId);
        Assert.Equal(1, view.Counts["delivered"]); // and not expired
        Assert.InRange(view.ExpiresAt, TimeProvider.System.GetUtcNow().AddMinutes(50), TimeProvider.System.GetUtcNow().AddMinutes(61));
    }

    [Fact]
    public async Task Repeat_WhileTheFirstMayStillCommit_IsNotRefusedForItsPriceNorAccepted()
    {
        var broken = true;
        var account = memory.NewAccount();
        await using var proxy = await StorageProxy.StartAsync(account, call =>
            broken && call.Operation is StorageOperation.CommitBroadcast ? StorageFaultKind.CutBefore : StorageFaultKind.None);
        await using var cheap = await TestApp.StartAsync(proxy.ConnectionString, [new("Broadcasts:CommitProbe", "00:00:00")], pumping: false);
        await using var dear = await TestApp.StartAsync(account, [new("Prices:US", "1")], pumping: false);
        using var failed = await PostAsync(cheap, Capped);

        using var repeat = await PostAsync(dear, Capped);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, repeat.StatusCode);
        Assert.Contains("outcome-unknown", await repeat.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await dear.Service<BroadcastStore>().ListAsync(null, null, 10, default).ToListAsync());
    }

    // The request that took the key is dead by now: its repeat is a new request, checked as one.
    [Theory]
    [InlineData("0.0079", HttpStatusCode.Accepted)]
    [InlineData("1", HttpStatusCode.UnprocessableEntity)]
    public async Task Repeat_AfterTheFirstCameToNoCommit_IsCheckedAgainstMaxCost(string price, HttpStatusCode expected)
    {
        await using var app = await VirtualApp.StartAsync([new("Prices:US", price)]);
        await app.Service<IdempotencyStore>().ReserveAsync(KeyOf("key-1"), new(BroadcastId.New(app.Clock.GetUtcNow()), app.Clock.GetUtcNow(), ""));
        app.Clock.Advance(TimeSpan.FromMinutes(6));

        using var repeat = await PostAsync(app.Http, Capped);

        Assert.Equal(expected, repeat.StatusCode);
        Assert.Equal(expected is HttpStatusCode.Accepted ? 1 : 0, (await app.Service<BroadcastStore>().ListAsync(null, null, 10, default).ToListAsync()).Count);
    }

    [Fact]
    public async Task Repeat_OfAnErasedBroadcast_FindsNoDigestAndIsTheSame()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), configure: TestApp.WithoutSweeper);
        using var first = await PostAsync(app, Body);
        var accepted = (await first.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!;
        await app.CompletedAsync(accepted.BroadcastId);
        await app.Service<Sweeper>().RunAsync(default);
        using var erased = await app.Http.DeleteAsync($"/api/v1/broadcasts/{accepted.BroadcastId}");
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);

        using var repeat = await PostAsync(app, Body);

        Assert.Equal(HttpStatusCode.Accepted, repeat.StatusCode);
        Assert.Contains(accepted.BroadcastId, await repeat.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
        Assert.Equal("", app.Table(TableNames.IdempotencyKeys).Query<TableEntity>().Single().GetString("digest"));
    }

    [Fact]
    public async Task Lists_ThatNoBroadcastPointsTo_AreDeletedAndNoOthers()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:RowRecipientLimit", "1")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(3));
        var broadcast = (await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))! with { Recipients = [new("+15551230001")], TotalSegments = null };
        var lists = app.Service<RecipientBlobs>();
        await lists.WriteAsync(broadcast); // of a try that came to nothing
        await lists.WriteAsync(broadcast with { Id = new string('0', 28) }); // of a broadcast that there is not

        Assert.Equal(0, await app.Service<BroadcastStore>().DeleteOrphanedListsAsync(TimeSpan.FromDays(1), default));
        Assert.Equal(2, await app.Service<BroadcastStore>().DeleteOrphanedListsAsync(TimeSpan.FromMinutes(-5), default));
        Assert.Equal(broadcast.RecipientsBlob, Assert.Single(await lists.AllAsync(default).ToListAsync()).Name);
    }

    [Fact]
    public async Task MoreRecipientsThanADayAllows_Is422AsWaitingDoesNotHelp()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Limits:RecipientsPerDay", "2")], pumping: false);

        using var refused = await app.PostAsync("Hello", TestApp.Numbers(3));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        Assert.Contains("recipient-limit-exceeded", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<TableEntity> AgeAsync(TestApp app, TimeSpan age)
    {
        var keys = app.Table(TableNames.IdempotencyKeys);
        var row = keys.Query<TableEntity>().Single();
        row["createdAt"] = TimeProvider.System.GetUtcNow() - age;
        await keys.UpdateEntityAsync(row, Azure.ETag.All);
        return row;
    }

    private static IdempotencyKey KeyOf(string key) =>
        IdempotencyKey.Read(new DefaultHttpContext { Request = { Headers = { [IdempotencyKey.Header] = key } } }.Request, out _)!;

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string json) => PostAsync(app.Http, json);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, "key-1");
        return await http.SendAsync(request);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Azure.Data.Tables;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Retention;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

public sealed class IdempotencyTests(MemoryFixture storage)
{
    private const string Body = """{"message": "Hello", "recipients": ["+15551230001", "+15551230002"]}""";

    [Fact]
    public async Task Post_SameKeyAndBody_IsTheSameBroadcastSentOnce()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());

        var first = await AcceptedAsync(await PostAsync(app, "key-1", Body));
        await app.CompletedAsync(first.BroadcastId);
        using var repeat = await PostAsync(app, "key-1", """{ "recipients": ["+15551230001", "+15551230002"], "message": "Hello" }""");

        Assert.Equal("true", repeat.Headers.GetValues(IdempotencyKey.ReplayedHeader).Single());
        Assert.Equal(first, await AcceptedAsync(repeat));
        Assert.Equal(2, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Post_FiftyAtOnceWithOneKey_IsOneBroadcast()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), [new("Limits:RecipientsPerDay", "2")]); // enough for one of them

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(app, "key-1", Body)));
        var first = responses.Count(response => !response.Headers.Contains(IdempotencyKey.ReplayedHeader));
        var all = await Task.WhenAll(responses.Select(AcceptedAsync));

        Assert.Equal(1, first);
        Assert.Single(all.Select(each => each.BroadcastId).Distinct(StringComparer.Ordinal));
        await app.CompletedAsync(all[0].BroadcastId);
        Assert.Equal((2, 1), (app.Twilio.Messages.TotalCalls, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.Single((await app.Http.GetFromJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!.Broadcasts);
    }

    [Theory]
    [InlineData("""{"message": "Hello!", "recipients": ["+15551230001", "+15551230002"]}""")]
    [InlineData("""{"message": "Hello", "recipients": ["+15551230001"]}""")]
    public async Task Post_SameKeyAnotherBody_Is409AndAcceptsNothing(string other)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        await AcceptedAsync(await PostAsync(app, "key-1", Body));

        using var refused = await PostAsync(app, "key-1", other);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("idempotency-key-reused", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await app.Http.GetFromJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!.Broadcasts);
    }

    [Fact]
    public async Task Post_KeyOlderThanADay_Is409()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        await AcceptedAsync(await PostAsync(app, "key-1", Body));
        await AgeAsync(app, TimeSpan.FromHours(25));

        using var refused = await PostAsync(app, "key-1", Body);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("idempotency-key-expired", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_KeyWithinItsConfiguredLifetime_IsReplayed()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), [new("Broadcasts:IdempotencyKeyLifetime", "2.00:00:00"), new("Retention:Days", "1")], pumping: false);
        var first = await AcceptedAsync(await PostAsync(app, "key-1", Body));
        await AgeAsync(app, TimeSpan.FromHours(47));
        app.Table(TableNames.Broadcasts).Query<TableEntity>().ToList().ForEach(row => app.Table(TableNames.Broadcasts).DeleteEntity(row)); // erased long ago
        await app.Service<PurgeOld>().RunAsync(default);

        Assert.Equal(first.BroadcastId, (await AcceptedAsync(await PostAsync(app, "key-1", Body))).BroadcastId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    public async Task Post_ShortestAndLongestKey_AreTaken(int length)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var key = new string('~', length - 1) + '!';

        var first = await AcceptedAsync(await PostAsync(app, key, Body));

        Assert.Equal(first, await AcceptedAsync(await PostAsync(app, key, Body)));
    }

    [Fact]
    public async Task Post_RefusedForTheDailyLimit_LeavesTheKeyFree()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), [new("Limits:RecipientsPerDay", "3")], pumping: false);
        await app.BroadcastAsync("Hello", TestApp.Numbers(2));

        using var refused = await PostAsync(app, "key-1", Body);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Empty(app.Table(TableNames.IdempotencyKeys).Query<TableEntity>());
    }

    public static TheoryData<string> BadKeys => ["", "with space", new string('k', 256), "tab\tkey", "del\u007fkey"];

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task Post_KeyThatIsNone_Is400(string key)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);

        using var refused = await PostAsync(app, key, Body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Empty((await app.Http.GetFromJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!.Broadcasts);
    }

    [Fact]
    public async Task Post_RepeatAfterTheFirstDiedInItsFanOut_FinishesIt()
    {
        var broken = true;
        await using var proxy = await StorageProxy.StartAsync(storage.NewAccount(), call =>
            broken && call.Operation is StorageOperation.InsertRecipients or StorageOperation.SendMessage && broken ? StorageFaultKind.CutBefore : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString);
        var first = await AcceptedAsync(await PostAsync(app, "key-1", Body));
        Assert.Equal("preparing", (await app.GetAsync(first.BroadcastId)).Status);

        broken = false;
        var repeat = await AcceptedAsync(await PostAsync(app, "key-1", Body));

        Assert.Equal(first.BroadcastId, repeat.BroadcastId);
        await app.CompletedAsync(first.BroadcastId);
        Assert.Equal((2, 1), (app.Twilio.Messages.TotalCalls, app.Twilio.Messages.MaxAcceptedPerNumber));
    }

    [Theory]
    [InlineData(StorageFaultKind.ApplyThenCut)]
    [InlineData(StorageFaultKind.CutBefore)] // as if it had died between the key and the commit
    public async Task Post_RepeatAfterAnUnknownOutcome_IsTheSameBroadcastAndCountsOnce(StorageFaultKind fault)
    {
        var broken = true;
        await using var proxy = await StorageProxy.StartAsync(storage.NewAccount(), call =>
            broken && call.Operation is StorageOperation.CommitBroadcast ? fault : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, [new("Broadcasts:CommitProbe", "00:00:01"), new("Limits:RecipientsPerDay", "2")]);
        using var unknown = await PostAsync(app, "key-1", Body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);

        broken = false;
        using var second = await PostAsync(app, "key-1", Body);
        Assert.True(second.Headers.Contains(IdempotencyKey.ReplayedHeader));
        var repeat = await AcceptedAsync(second);

        await app.CompletedAsync(repeat.BroadcastId);
        Assert.Contains(repeat.BroadcastId, await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((2, 1), (app.Twilio.Messages.TotalCalls, app.Twilio.Messages.MaxAcceptedPerNumber));
    }

    private static async Task AgeAsync(TestApp app, TimeSpan age)
    {
        var keys = app.Table(TableNames.IdempotencyKeys);
        var row = keys.Query<TableEntity>().Single();
        row["createdAt"] = TimeProvider.System.GetUtcNow() - age;
        await keys.UpdateEntityAsync(row, Azure.ETag.All);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestApp app, string key, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, key);
        return await app.Http.SendAsync(request);
    }

    private static async Task<AcceptedView> AcceptedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!;
        }
    }
}

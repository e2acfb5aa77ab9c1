using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using BulkSms.Events;
using BulkSms.Outbox;
using BulkSms.Storage;
using BulkSms.Tests.Events;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Event endpoints as callers make, change and delete them.</summary>
public sealed class EventEndpointTests(MemoryFixture memory)
{
    private const string Url = "https://8.8.8.8/hooks";

    [Fact]
    public async Task Put_NewThenAgain_ShowsTheSecretOnceAndStoresItEncrypted()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Usual, pumping: false);

        using var made = await EventSettings.PutAsync(app.Http, "crm", Url, EventTypes.BroadcastCompleted, EventTypes.BroadcastCompleted);
        using var changed = await EventSettings.PutAsync(app.Http, "crm", Url + "/2", EventTypes.OptOutChanged);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (made.StatusCode, changed.StatusCode));
        var first = (await made.Content.ReadFromJsonAsync(ApiJson.Default.EventEndpointView))!;
        var second = (await changed.Content.ReadFromJsonAsync(ApiJson.Default.EventEndpointView))!;
        Assert.Equal([EventTypes.BroadcastCompleted], first.Types);
        Assert.Equal((Url + "/2", "on", null), (second.Url, second.Status, second.Secret));
        Assert.Equal(first.CreatedAt, second.CreatedAt);
        var shown = await app.Http.GetStringAsync("/api/v1/event-endpoints");
        var stored = string.Join('\n', (await app.Table(TableNames.Broadcasts).QueryAsync<TableEntity>().ToListAsync()).SelectMany(row => row).Select(column => $"{column.Value}"));
        Assert.All([shown, stored, app.Logs.Text], text => Assert.DoesNotContain(first.Secret![6..], text, StringComparison.Ordinal));
        Assert.Contains("crm", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_WhileTheOldOneIsGood_BothSign()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Fast);
        var old = await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.BroadcastPaused);

        using var rotated = await app.Http.PostAsync("/api/v1/event-endpoints/crm/rotate", null);
        var view = (await rotated.Content.ReadFromJsonAsync(ApiJson.Default.EventEndpointView))!;
        using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null);
        await receiver.OfAsync(EventTypes.EndpointTest, 1);

        var request = receiver.Requests.Single();
        Assert.NotEqual(old, view.Secret);
        Assert.NotNull(view.OldSecretUntil);
        Assert.True(request.IsSignedBy(view.Secret!));
        Assert.All([old, view.Secret!], secret => Assert.True(IsGenuine(request, secret))); // StandardWebhooks 1.1.2 reads the first signature only
        Assert.False(IsGenuine(request, EndpointSecrets.New()));
        Assert.Equal(HttpStatusCode.Accepted, tested.StatusCode);
        Assert.Equal("application/cloudevents+json; charset=utf-8", request.Headers["content-type"]);
    }

    private static bool IsGenuine(ReceivedEvents request, string secret) =>
        Webhook.IsGenuine(secret, request.Id, request.Headers["webhook-timestamp"], request.Headers["webhook-signature"], request.Body, TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData("crm", """{"url": "http://8.8.8.8/", "types": ["broadcast.completed"]}""", "$.url")]
    [InlineData("crm", """{"url": "https://127.0.0.1/", "types": ["broadcast.completed"]}""", "$.url")]
    [InlineData("crm", """{"url": "https://169.254.169.254/latest", "types": ["broadcast.completed"]}""", "$.url")]
    [InlineData("crm", """{"url": 7, "types": ["broadcast.completed"]}""", "$.url")]
    [InlineData("crm", """{"types": ["broadcast.completed"]}""", "$.url")]
    [InlineData("crm", """{"url": "https://8.8.8.8/", "types": []}""", "$.types")]
    [InlineData("crm", """{"url": "https://8.8.8.8/"}""", "$.types")]
    [InlineData("crm", """{"url": "https://8.8.8.8/", "types": ["broadcast.completed", "endpoint.test"]}""", "$.types[1]")]
    [InlineData("crm", """{"url": "https://8.8.8.8/", "types": ["broadcast.completed"], "secret": "mine"}""", "$.secret")]
    [InlineData("crm", "[]", "$")]
    [InlineData("CRM", """{"url": "https://8.8.8.8/", "types": ["broadcast.completed"]}""", "name")]
    [InlineData("7", """{"url": "https://8.8.8.8/", "types": ["broadcast.completed"]}""", "name")]
    [InlineData("a.b", """{"url": "https://8.8.8.8/", "types": ["broadcast.completed"]}""", "name")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-abcd", """{"url": "https://8.8.8.8/", "types": ["broadcast.completed"]}""", "name")]
    public async Task Put_Wrong_NamesThePlaceAndMakesNothing(string name, string body, string place)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [EventSettings.Usual[0]], pumping: false);

        using var refused = await app.Http.PutAsync($"/api/v1/event-endpoints/{name}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains($"\"{place}\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"endpoints":[]}""", await app.Http.GetStringAsync("/api/v1/event-endpoints"));
    }

    [Fact]
    public async Task Put_WithoutAKeyForSecrets_SaysWhatToSet()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var refused = await EventSettings.PutAsync(app.Http, "crm", Url, EventTypes.BroadcastCompleted);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Events:SecretsKey", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_OneTooMany_IsRefused()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Usual, pumping: false);
        for (var i = 0; i < 20; i++)
        {
            using var made = await EventSettings.PutAsync(app.Http, $"e{i}", Url, EventTypes.BroadcastCompleted);
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        using var refused = await EventSettings.PutAsync(app.Http, "more", Url, EventTypes.BroadcastCompleted);
        using var changed = await EventSettings.PutAsync(app.Http, "e7", Url, EventTypes.BroadcastCompleted);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (refused.StatusCode, changed.StatusCode));
    }

    [Fact]
    public async Task Delete_EndpointAndItsDeliveries_AreGone()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Usual, pumping: false);
        using var made = await EventSettings.PutAsync(app.Http, "crm", Url, EventTypes.BroadcastCompleted);
        using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null);
        Assert.Single(await EventSettings.DeliveriesAsync(app.Http));

        using var deleted = await app.Http.DeleteAsync("/api/v1/event-endpoints/crm");
        using var again = await app.Http.DeleteAsync("/api/v1/event-endpoints/crm");
        using var gone = await app.Http.GetAsync("/api/v1/event-endpoints/crm");
        using var deliveries = await app.Http.GetAsync("/api/v1/event-endpoints/crm/deliveries");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (deleted.StatusCode, again.StatusCode));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (gone.StatusCode, deliveries.StatusCode));
        Assert.Empty(await app.Table(TableNames.EventDeliveries).QueryAsync<TableEntity>().ToListAsync());
    }

    [Theory]
    [InlineData("status=sent")]
    [InlineData("limit=0")]
    [InlineData("cursor=x")]
    [InlineData("cursor=failed.x")]
    [InlineData("state=failed")]
    public async Task Deliveries_WrongQuery_IsRefused(string query)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Usual, pumping: false);

        using var refused = await app.Http.GetAsync($"/api/v1/event-endpoints/crm/deliveries?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("{}", "$")]
    [InlineData("""{"ids": [], "status": "failed"}""", "$")]
    [InlineData("""{"ids": []}""", "$.ids")]
    [InlineData("""{"ids": ["msg_x"]}""", "$.ids[0]")]
    [InlineData("""{"status": "pending"}""", "$.status")]
    [InlineData("""{"status": "failed", "cursor": 7}""", "$.cursor")]
    public async Task Replay_Wrong_NamesThePlace(string body, string place)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Usual, pumping: false);

        using var refused = await app.PostJsonAsync(body, "/api/v1/event-endpoints/crm/deliveries/replay");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains($"\"{place}\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_MoreThanAPage_ArePagedWithoutGapOrRepeat()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Usual, pumping: false);
        using var made = await EventSettings.PutAsync(app.Http, "crm", Url, EventTypes.BroadcastCompleted);
        for (var i = 0; i < 5; i++)
        {
            using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null);
        }

        var ids = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await app.Http.GetFromJsonAsync($"/api/v1/event-endpoints/crm/deliveries?limit=2{(cursor.Length > 0 ? "&cursor=" + cursor : "")}", ApiJson.Default.DeliveryPage))!;
            ids.AddRange(page.Deliveries.Select(each => each.Id));
            cursor = page.Next;
        }

        Assert.Equal(5, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(5, ids.Count);
        Assert.Equal(5, (await EventSettings.DeliveriesAsync(app.Http, "status=pending")).Count);
        Assert.Empty(await EventSettings.DeliveriesAsync(app.Http, "status=failed"));
    }
}

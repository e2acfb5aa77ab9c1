using System.Net;
using System.Net.Http.Json;
using BulkSms.Events;
using BulkSms.Outbox;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Event endpoints that the settings make.</summary>
public sealed class ConfiguredEndpointTests(MemoryFixture memory)
{
    private const string Setting = "Events:Endpoints:erp";
    private static readonly string Secret = EndpointSecrets.New();
    private static readonly string Old = EndpointSecrets.New();

    [Fact]
    public async Task Endpoint_OfTheSettings_IsToldShownAndNotChangedByCallers()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Settings(receiver, EventTypes.OptOutChanged));

        using var added = await app.OptOutAsync("+15551230001");
        await receiver.OfAsync(EventTypes.OptOutChanged, 1);
        using var put = await EventSettings.PutAsync(app.Http, "erp", "https://8.8.8.8/", EventTypes.OptOutChanged);
        using var rotated = await app.Http.PostAsync("/api/v1/event-endpoints/erp/rotate", null);
        using var deleted = await app.Http.DeleteAsync("/api/v1/event-endpoints/erp");
        using var other = await EventSettings.PutAsync(app.Http, "crm", "https://8.8.8.8/", EventTypes.OptOutChanged);
        var shown = (await app.Http.GetFromJsonAsync("/api/v1/event-endpoints", ApiJson.Default.EventEndpointPage))!.Endpoints;

        Assert.All([Secret, Old], secret => Assert.True(BulkSms.Tests.Events.Webhook.IsGenuine(
            secret, receiver.Requests[0].Id, receiver.Requests[0].Headers["webhook-timestamp"], receiver.Requests[0].Headers["webhook-signature"], receiver.Requests[0].Body, TimeProvider.System.GetUtcNow())));
        foreach (var refused in new[] { put, rotated, deleted })
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains(Setting, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Created, other.StatusCode);
        Assert.Equal([("crm", "api"), ("erp", "configuration")], shown.Select(each => (each.Name, each.Source)));
        Assert.Equal([EventTypes.OptOutChanged], shown[1].Types);
    }

    [Fact]
    public async Task Endpoint_ThatAnswered410_IsOnAgainByATest()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Settings(receiver, ""));
        receiver.Next = _ => ReceiverAnswer.Gone;
        using var first = await app.Http.PostAsync("/api/v1/event-endpoints/erp/test", null);
        var off = await Eventually.GetAsync(() => ShownAsync(app), endpoint => endpoint.Status == "off");
        receiver.Next = _ => ReceiverAnswer.Taken;
        using var replayed = await app.Http.PostAsJsonAsync("/api/v1/event-endpoints/erp/deliveries/replay", new { status = "failed" });

        using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/erp/test", null);
        await receiver.OfAsync(EventTypes.EndpointTest, 1);
        using var paused = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        await receiver.OfAsync(EventTypes.SendingSuspended, 1);

        Assert.NotNull(off.OffSince);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Accepted), (replayed.StatusCode, tested.StatusCode));
        Assert.Equal(("on", EventTypes.All.Count), ((await ShownAsync(app)).Status, (await ShownAsync(app)).Types.Count));
    }

    [Fact]
    public async Task Row_OfAnEndpointThatIsSetNoMore_IsNoEndpoint()
    {
        await using var receiver = await EventReceiver.StartAsync();
        var storage = memory.NewAccount();
        await using (var app = await TestApp.StartAsync(storage, Settings(receiver, "")))
        {
            receiver.Next = _ => ReceiverAnswer.Gone;
            using var first = await app.Http.PostAsync("/api/v1/event-endpoints/erp/test", null);
            await Eventually.GetAsync(() => ShownAsync(app), endpoint => endpoint.Status == "off");
        }

        await using var without = await TestApp.StartAsync(storage, EventSettings.Usual, pumping: false);

        Assert.Equal("""{"endpoints":[]}""", await without.Http.GetStringAsync("/api/v1/event-endpoints"));
        using var gone = await without.Http.GetAsync("/api/v1/event-endpoints/erp");
        using var put = await EventSettings.PutAsync(without.Http, "erp", "https://8.8.8.8/", EventTypes.OptOutChanged);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Created), (gone.StatusCode, put.StatusCode));
    }

    private static KeyValuePair<string, string?>[] Settings(EventReceiver receiver, string types) =>
    [
        .. EventSettings.Fast, new($"{Setting}:Url", receiver.Url), new($"{Setting}:Types", types), new($"{Setting}:Secret", $"{Secret};{Old}"),
    ];

    private static async Task<EventEndpointView> ShownAsync(TestApp app) => (await app.Http.GetFromJsonAsync("/api/v1/event-endpoints/erp", ApiJson.Default.EventEndpointView))!;
}

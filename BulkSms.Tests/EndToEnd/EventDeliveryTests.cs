using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BulkSms.Dispatch;
using BulkSms.Outbox;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What a receiver is told, and what becomes of it when it does not take it.</summary>
public sealed class EventDeliveryTests(MemoryFixture memory)
{
    private const string Refused = "+15550000001";

    [Fact]
    public async Task Broadcast_ToItsEnd_IsToldOfEachRecipientAndOfItself()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Fast);
        var secret = await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.RecipientFinished, EventTypes.BroadcastCompleted);
        app.Twilio.Recipients[Refused] = new RecipientBehaviour { RejectCode = 21614 };

        var accepted = await app.BroadcastJsonAsync(
            $$"""{"message": "Hello", "recipients": [{"to": "+15551230001", "reference": "A-1"}, {"to": "+15551230002"}, {"to": "{{Refused}}", "reference": "A-3"}]}""");
        var told = await receiver.OfAsync(EventTypes.RecipientFinished, 3);
        var completed = await receiver.OfAsync(EventTypes.BroadcastCompleted, 1);

        Assert.Equal([Refused, "+15551230001", "+15551230002"], told.Select(each => Data(each, "to")).Order(StringComparer.Ordinal));
        var first = told.Single(each => Data(each, "to") == "+15551230001");
        var refused = told.Single(each => Data(each, "to") == Refused);
        Assert.Equal(("A-1", "delivered", accepted.BroadcastId), (Data(first, "reference"), Data(first, "status"), Data(first, "broadcastId")));
        Assert.Equal(("A-3", "rejected", 21614), (Data(refused, "reference"), Data(refused, "status"), refused.GetProperty("data").GetProperty("code").GetInt32()));
        Assert.Equal("1.0", first.GetProperty("specversion").GetString());
        Assert.Matches("^[0-9]{16}$", first.GetProperty("sequence").GetString());
        Assert.Equal(told.Count, told.Select(each => each.GetProperty("id").GetString()).Distinct().Count());
        var whole = Assert.Single(completed).GetProperty("data");
        Assert.Equal(("completed", 3, 2), (whole.GetProperty("status").GetString(), whole.GetProperty("recipientsCount").GetInt32(), whole.GetProperty("counts").GetProperty("delivered").GetInt32()));
        Assert.All(receiver.Requests, request => Assert.True(request.IsSignedBy(secret)));
        Assert.All(receiver.Requests.Where(each => each.Text.StartsWith('[')), batch => Assert.Equal("application/cloudevents-batch+json; charset=utf-8", batch.Headers["content-type"]));
        await Eventually.GetAsync(() => app.RowAsync(accepted.BroadcastId, Refused), row => !row.IsUntold);
        Assert.Contains(await EventSettings.DeliveriesAsync(app.Http, "status=delivered"), each => each.Type == EventTypes.RecipientFinished && each.BroadcastId == accepted.BroadcastId);
        LeaksNothing(app, secret);
    }

    [Fact]
    public async Task Controls_PausedCanceledSuspendedResumed_AreTold()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Fast);
        await EventSettings.AddEndpointAsync(app.Http, receiver, [.. EventTypes.All]);
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        using var suspendedAgain = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        var id = (await app.BroadcastAsync("Hello", "+15551230001", "+15551230002")).BroadcastId;
        using var paused = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null);
        using var pausedAgain = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null);
        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null);
        using var resumed = await app.Http.PostAsync("/api/v1/sending/resume", null);
        using var resumedAgain = await app.Http.PostAsync("/api/v1/sending/resume", null);

        var ended = await receiver.OfAsync(EventTypes.BroadcastCanceled, 1);
        await receiver.OfAsync(EventTypes.SendingResumed, 1);
        await receiver.OfAsync(EventTypes.RecipientFinished, 2);

        Assert.Equal("canceled", Data(Assert.Single(ended), "status"));
        Assert.Equal(id, Data(Assert.Single(receiver.Of(EventTypes.BroadcastPaused)), "broadcastId"));
        var (off, on) = (Assert.Single(receiver.Of(EventTypes.SendingSuspended)), Assert.Single(receiver.Of(EventTypes.SendingResumed)));
        Assert.Equal(("sending", "sending"), (off.GetProperty("subject").GetString(), on.GetProperty("subject").GetString()));
        Assert.True(string.CompareOrdinal(off.GetProperty("sequence").GetString(), on.GetProperty("sequence").GetString()) < 0);
        Assert.All(receiver.Of(EventTypes.RecipientFinished), each => Assert.Equal("canceled", Data(each, "status")));
        Assert.Empty(receiver.Of(EventTypes.BroadcastCompleted));
    }

    [Fact]
    public async Task Texts_OptOutsAndOthers_AreToldOnce()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Fast);
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.OptOutChanged, EventTypes.MessageReceived);
        var webhook = new Uri(app.Url, "/api/webhooks/optout");
        using var added = await app.OptOutAsync("+15551230001", "+15551230002");
        using var removed = await app.RemoveOptOutAsync("+15551230001");

        await app.Twilio.SendInboundAsync(webhook, "+15551230003", "STOP");
        await app.Twilio.SendInboundAsync(webhook, "+15551230004", "When do you open?");
        await app.Twilio.SendInboundAgainAsync(webhook, app.Twilio.ReceiveInbound("+15551230005", "Thank you!"));
        var changes = await receiver.OfAsync(EventTypes.OptOutChanged, 3);
        var texts = await receiver.OfAsync(EventTypes.MessageReceived, 2);

        Assert.Equal(["api True +15551230001,+15551230002", "api False +15551230001", "text True +15551230003"], changes.OrderBy(each => each.GetProperty("sequence").GetString(), StringComparer.Ordinal).Select(Change));
        Assert.Equal(["+15551230004 When do you open?", "+15551230005 Thank you!"], texts.Select(each => $"{Data(each, "from")} {Data(each, "text")}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("When do you", app.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("5551230004", app.Logs.Text, StringComparison.Ordinal);

        static string Change(JsonElement change)
        {
            var data = change.GetProperty("data");
            return $"{data.GetProperty("source").GetString()} {data.GetProperty("optedOut").GetBoolean()} {string.Join(',', data.GetProperty("phones").EnumerateArray().Select(phone => phone.GetString()).Order(StringComparer.Ordinal))}";
        }
    }

    [Theory]
    [InlineData(ReceiverAnswer.Refused, "it answered 500")]
    [InlineData(ReceiverAnswer.Busy, "it answered 503")]
    [InlineData(ReceiverAnswer.Redirect, "redirects are not followed")]
    [InlineData(ReceiverAnswer.Cut, "no answer")]
    [InlineData(ReceiverAnswer.Slow, "within 1 s")]
    public async Task Receiver_FailsAtFirst_GetsTheSameDeliveryAgain(ReceiverAnswer answer, string reason)
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. EventSettings.Fast, new("Events:RetryBaseDelay", "00:00:05"), new("Events:RetryMaxDelay", "00:00:05")]);
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.BroadcastCompleted);
        receiver.Next = _ => receiver.Requests.Count < 1 ? answer : ReceiverAnswer.Taken;

        using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null);
        var pending = await Eventually.GetAsync(() => EventSettings.DeliveriesAsync(app.Http), deliveries => deliveries is [{ Reason: not null }]);
        await receiver.OfAsync(EventTypes.EndpointTest, 1);
        var ended = await Eventually.GetAsync(() => EventSettings.DeliveriesAsync(app.Http), deliveries => deliveries is [{ Status: DeliveryStatus.Delivered }]);

        Assert.Contains(reason, pending[0].Reason, StringComparison.Ordinal);
        Assert.Equal((pending[0].Id, 2), (ended[0].Id, ended[0].Attempts));
        Assert.Single(receiver.Requests.Select(each => each.Id).Distinct());
        Assert.Single(receiver.Requests.Select(each => each.Text).Distinct());
        Assert.DoesNotContain(receiver.Requests, each => each.Path == "/elsewhere");
    }

    [Fact]
    public async Task Receiver_Answers410_IsSwitchedOffUntilItIsPutAgain()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Fast);
        using var metrics = new Gauges(app.Service<IMeterFactory>());
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.OptOutChanged);
        receiver.Next = _ => ReceiverAnswer.Gone;

        using var added = await app.OptOutAsync("+15551230001");
        var off = await Eventually.GetAsync(() => app.Http.GetFromJsonAsync("/api/v1/event-endpoints/crm", ApiJson.Default.EventEndpointView), endpoint => endpoint!.Status == "off");
        var failed = await Eventually.GetAsync(() => EventSettings.DeliveriesAsync(app.Http, "status=failed"), deliveries => deliveries.Count == 1);
        var poison = (await app.PoisonAsync(1))[0];
        using var another = await app.OptOutAsync("+15551230002");
        using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null);
        using var replayedOff = await app.PostJsonAsync("""{"status": "failed"}""", "/api/v1/event-endpoints/crm/deliveries/replay");

        Assert.Contains("410", off!.OffReason, StringComparison.Ordinal);
        Assert.Equal(("events-outbound-poison", "bulkSms"), (poison.Queue, poison.Source));
        Assert.Contains("410", poison.Reason, StringComparison.Ordinal);
        Assert.Contains(failed[0].Id, poison.Reason, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (tested.StatusCode, replayedOff.StatusCode));
        Assert.Contains("is switched off", app.Logs.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (metrics.Sum("bulksms.events.switched_off"), metrics.Sum("bulksms.events.given_up")));

        receiver.Next = _ => ReceiverAnswer.Taken;
        using var put = await EventSettings.PutAsync(app.Http, "crm", receiver.Url, EventTypes.OptOutChanged);
        using var replayed = await app.PostJsonAsync("""{"status": "failed"}""", "/api/v1/event-endpoints/crm/deliveries/replay");
        var told = await receiver.OfAsync(EventTypes.OptOutChanged, 1);

        Assert.Equal("""{"replayed":1,"skipped":0,"next":null}""", await replayed.Content.ReadAsStringAsync());
        Assert.Contains("+15551230001", Assert.Single(told).ToString(), StringComparison.Ordinal);
        var ids = receiver.Requests.Select(each => each.Id).Distinct().ToArray();
        Assert.Equal([failed[0].Id], ids);
    }

    [Fact]
    public async Task Receiver_Hangs_SlowsNeitherSendingNorAnotherReceiver()
    {
        await using var alive = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. EventSettings.Fast, new("Events:CallTimeout", "00:01:00")]);
        await using var dead = await EventReceiver.StartAsync(); // it goes first at the end: an app that stops lets its calls end
        await EventSettings.AddEndpointAsync(app.Http, dead, EventTypes.RecipientFinished);
        using var second = await EventSettings.PutAsync(app.Http, "erp", alive.Url, EventTypes.RecipientFinished, EventTypes.BroadcastCompleted);
        dead.Next = _ => ReceiverAnswer.Slow;
        for (var i = 0; i < 8; i++)
        {
            using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null);
        }

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(30));
        await app.CompletedAsync(accepted.BroadcastId);
        await alive.OfAsync(EventTypes.RecipientFinished, 30);
        await alive.OfAsync(EventTypes.BroadcastCompleted, 1);

        Assert.InRange(dead.Requests.Count, 1, 4); // so many calls in flight, and none has ended
    }

    [Fact]
    public async Task Test_OfOnesOwnNumber_IsToldToNoSystem()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Fast);
        await EventSettings.AddEndpointAsync(app.Http, receiver, [.. EventTypes.All]);
        using var test = await app.PostJsonAsync("""{"message": "Hello", "recipients": ["+15551230001"], "testTo": "+15551230009"}""", "/api/v1/broadcasts/test");
        test.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => app.Twilio.Messages.Accepted == 1);
        await app.Twilio.WhenIdleAsync();
        await app.Service<Sweeper>().RunAsync(default);
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        await receiver.OfAsync(EventTypes.SendingSuspended, 1); // which comes later

        Assert.Single(receiver.Events);
    }

    private static string? Data(JsonElement told, string name) => told.GetProperty("data").GetProperty(name).GetString();

    private static void LeaksNothing(TestApp app, string secret)
    {
        Assert.DoesNotContain(secret[6..], app.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("15551230001", app.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/hooks", app.Logs.Text, StringComparison.Ordinal);
    }
}

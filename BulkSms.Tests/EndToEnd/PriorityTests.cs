using System.Net;
using System.Net.Http.Json;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A broadcast with <c>priority: "high"</c> goes before what waits.</summary>
public sealed class PriorityTests(MemoryFixture memory)
{
    [Fact]
    public async Task High_WhileManyWait_GoesBeforeThemAndTheyGoOn()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "20"), new("Broadcasts:MaxRecipients", "1000")]);
        var waiting = (await app.BroadcastAsync("Newsletter", TestApp.Numbers(600))).BroadcastId;
        await Eventually.TrueAsync(() => app.Twilio.Messages.Accepted > 10);
        var before = app.Twilio.Messages.Accepted;

        var urgent = await HighAsync(app, TestApp.Numbers(20, 1000));
        await Eventually.TrueAsync(() => app.Twilio.Messages.All.Count(message => message.Body == "Urgent") == 20);

        var others = app.Twilio.Messages.Accepted - before - 20;
        Assert.InRange(others, 1, 25); // some 4 by its share, and those that came while it was accepted and received
        Assert.Equal("high", (await app.GetAsync(urgent)).Priority);
        Assert.Null((await app.GetAsync(waiting)).Priority);
    }

    [Fact]
    public async Task High_HasItsOwnQueueAndItsPoisonToo()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var id = await HighAsync(app, ["+15551230001"]);
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.OutboundHigh));
        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
        await app.Service<OutboundQueue>().EnqueueAsync(job, default);
        Assert.Single(await app.TakeAllAsync(QueueNames.OutboundHigh));
        await app.Service<FilePoison>().SmsAsync(new("m1", job.Write(), null), default, QueueNames.OutboundHighPoison);

        var poison = (await app.Http.GetFromJsonAsync($"/api/v1/poison?broadcastId={id}", ApiJson.Default.PoisonPage))!;
        Assert.Equal("sms-outbound-high-poison", Assert.Single(poison.Messages).Queue);
        Assert.Single(await app.TakeAllAsync(QueueNames.OutboundHigh)); // enqueued again
    }

    [Fact]
    public async Task High_Rejected_IsInItsPoisonQueue()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients["+15551230001"] = new RecipientBehaviour { RejectCode = 21211 };

        var view = await app.CompletedAsync(await HighAsync(app, ["+15551230001", "+15551230002"]));

        Assert.Equal((1, 1), (view.Counts[RecipientStatus.Rejected], view.Counts[RecipientStatus.Delivered]));
        await Eventually.GetAsync(() => app.Http.GetFromJsonAsync($"/api/v1/poison?broadcastId={view.BroadcastId}", ApiJson.Default.PoisonPage), page => page is { Messages: [{ Queue: "sms-outbound-high-poison" }] });
    }

    [Fact]
    public async Task High_ByATokenWithoutTheRole_IsRefusedAtItsPlace()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);

        async Task<(HttpStatusCode Status, string Body)> PostAsync(params string[] roles)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts") { Content = JsonContent.Create(new { message = "Urgent", recipients = new[] { "+15551230001" }, priority = "high", confirmRepeat = true }) };
            request.Headers.Authorization = new("Bearer", issuer.Token(roles));
            using var answer = await app.Http.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        var (refused, body) = await PostAsync(CallerRoles.Send);
        var (accepted, _) = await PostAsync(CallerRoles.Send, CallerRoles.SendHigh);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Accepted), (refused, accepted));
        Assert.Contains("\"$.priority\":[\"cannot be high: your token has no role Broadcast.SendHigh\"]", body, StringComparison.Ordinal);
    }

    private static async Task<string> HighAsync(TestApp app, string[] recipients)
    {
        using var answer = await app.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Urgent", recipients, priority = "high" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!.BroadcastId;
    }
}

using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Pause, resume, cancel and suspend, as they are seen from outside.</summary>
public sealed class PauseAndSuspendTests(MemoryFixture memory)
{
    private static readonly KeyValuePair<string, string?>[] Slow = [new("Sending:SegmentsPerSecond", "10")];

    [Fact]
    public async Task Pause_ThenResume_StopsWithinFiveSecondsAndThenSendsTheRestOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Slow);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(100));
        await Eventually.TrueAsync(() => app.Twilio.Messages.Accepted >= 3);

        Assert.Equal("paused", await ChangeAsync(app, accepted.BroadcastId, "pause"));
        var paused = TimeProvider.System.GetUtcNow();
        await Eventually.GetAsync(async () => (await app.Queue(Storage.QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
        var before = app.Twilio.Messages.Accepted;
        var view = await app.GetAsync(accepted.BroadcastId);

        Assert.InRange(before, 3, 99);
        Assert.Equal("paused", view.Status);
        Assert.Equal(100 - before, view.Counts[RecipientStatus.Pending]);
        Assert.All(await app.RecipientsAsync(accepted.BroadcastId, "status=pending"), recipient => Assert.Equal(HeldFor.Pause, recipient.HeldFor));
        Assert.DoesNotContain(app.Twilio.Messages.Calls, call => call.ArrivedAt > paused.AddSeconds(5));

        Assert.Equal("sending", await ChangeAsync(app, accepted.BroadcastId, "resume"));
        await app.CompletedAsync(accepted.BroadcastId);
        Assert.Equal((100, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
    }

    [Fact]
    public async Task Cancel_WhileSending_SendsNoMoreAndSaysHowManyGotThrough()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Slow);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(60));
        await Eventually.TrueAsync(() => app.Twilio.Messages.Accepted >= 3);

        Assert.Equal("canceling", await ChangeAsync(app, accepted.BroadcastId, "cancel"));
        var view = await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Dispatch.Sweeper>().RunAsync(default);
                return await app.GetAsync(accepted.BroadcastId);
            },
            view => view.Status == "canceled");

        Assert.Equal(60, view.Counts[RecipientStatus.Canceled] + view.Counts[RecipientStatus.Delivered]);
        Assert.Equal(app.Twilio.Messages.Accepted, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal(1, app.Twilio.Messages.MaxAcceptedPerNumber);
    }

    [Fact]
    public async Task Resume_WhatIsNotPaused_IsHarmless()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        Assert.Equal("sending", await ChangeAsync(app, accepted.BroadcastId, "resume"));

        await app.CompletedAsync(accepted.BroadcastId);
        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Cancel_AgainstPauseAndResumeAtOnce_AlwaysStays()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await ChangeAsync(app, accepted.BroadcastId, "pause");
        var holds = app.Service<ControlTable>();

        await Task.WhenAll(
        [
            holds.CancelAsync(accepted.BroadcastId, default),
            .. Enumerable.Range(0, 20).SelectMany(_ => new[] { holds.UnpauseAsync(accepted.BroadcastId, default), holds.PauseAsync(accepted.BroadcastId, null, default) }),
        ]);

        Assert.Equal(ControlKind.Canceled, (await holds.ReadAsync(default)).Of(accepted.BroadcastId, isMarkedCanceled: false)?.Kind);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    public async Task Change_AfterCancel_Is409(string action)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await ChangeAsync(app, accepted.BroadcastId, "cancel");

        using var refused = await app.Http.PostAsync($"/api/v1/broadcasts/{accepted.BroadcastId}/{action}", null);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    public async Task Change_UnknownBroadcast_Is404(string action)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var missing = await app.Http.PostAsync($"/api/v1/broadcasts/{new string('0', 28)}/{action}", null);

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task AccountRefused_SuspendsEveryInstanceAndResumeSendsTheRest()
    {
        var storage = memory.NewAccount();
        await using var twilio = await TwilioServer.StartAsync();
        await using var one = await TestApp.StartAsync(storage, Slow, twilio: twilio);
        await using var two = await TestApp.StartAsync(storage, Slow, twilio: twilio);
        var accepted = await one.BroadcastAsync("Hello", TestApp.Numbers(60));
        await Eventually.TrueAsync(() => twilio.Messages.Accepted >= 3);

        twilio.Faults.FailNext(1, Fault.AccountSuspended);
        var suspended = await Eventually.GetAsync(() => SendingAsync(two), sending => sending.Status == "suspended");
        await Eventually.GetAsync(async () => (await one.Queue(Storage.QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
        var refused = twilio.Messages.Calls.First(call => call.Code == 20005).ArrivedAt;

        Assert.Equal((20005, "the account is not active"), (suspended.Code, suspended.Reason));
        Assert.NotNull(suspended.Since);
        Assert.DoesNotContain(twilio.Messages.Calls, call => call.ArrivedAt > refused.AddSeconds(6));
        Assert.Equal(60 - twilio.Messages.Accepted, (await one.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);

        using var resumed = await two.Http.PostAsync("/api/v1/sending/resume", null);
        Assert.Equal("running", (await resumed.Content.ReadFromJsonAsync(ApiJson.Default.SendingView))!.Status);
        await one.GetAsync(accepted.BroadcastId, view => !view.Counts.ContainsKey(RecipientStatus.Pending) && view.Status is "finishing" or "completed");
        Assert.Equal((60, 1), (twilio.Messages.Accepted, twilio.Messages.MaxAcceptedPerNumber));
    }

    [Fact]
    public async Task Suspend_TwiceAndResumeTwice_IsClearAndHarmless()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());

        using var first = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        var suspended = await SendingAsync(app);
        using var second = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        Assert.Equal(suspended.Since, (await SendingAsync(app)).Since);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await Eventually.GetAsync(async () => (await app.Queue(Storage.QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
        Assert.Equal(HeldFor.Suspended, Assert.Single(await app.RecipientsAsync(accepted.BroadcastId)).HeldFor);

        using var third = await app.Http.PostAsync("/api/v1/sending/resume", null);
        using var fourth = await app.Http.PostAsync("/api/v1/sending/resume", null);

        Assert.All([first, second, third, fourth], response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(("suspended by an operator", 0), (suspended.Reason, suspended.Code));
        await app.CompletedAsync(accepted.BroadcastId);
        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
    }

    private static async Task<SendingView> SendingAsync(TestApp app) => (await app.Http.GetFromJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!;

    private static async Task<string> ChangeAsync(TestApp app, string broadcastId, string action)
    {
        using var response = await app.Http.PostAsync($"/api/v1/broadcasts/{broadcastId}/{action}", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.BroadcastControlView))!.Status;
    }
}

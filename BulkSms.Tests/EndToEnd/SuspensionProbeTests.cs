using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Azure.Data.Tables;
using BulkSms.Api;
using BulkSms.Dispatch;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.Logging;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What ends by itself is probed by one message an hour; what a person must fix is not.</summary>
public sealed class SuspensionProbeTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private static readonly string[] Numbers = TestApp.Numbers(20);

    [Fact]
    public async Task DailyLimit_SuspendsAndShowsTheNextProbe()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), configure: TestApp.WithoutSweeper);
        var before = TimeProvider.System.GetUtcNow();

        var sending = await ReachTheLimitAsync(app);

        Assert.Equal((63038, "the account has reached its daily limit"), (sending.Code, sending.Reason));
        Assert.InRange(sending.NextProbeAt!.Value, before.AddHours(1), TimeProvider.System.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task ProbeDue_Accepted_ResumesAndSendsToAllOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), configure: TestApp.WithoutSweeper);
        await ReachTheLimitAsync(app);
        app.Twilio.Faults.Clear();
        await MakeProbeDueAsync(app);

        await app.Service<Sweeper>().RunAsync(default);

        await Eventually.TrueAsync(() => app.Twilio.Messages.Accepted == Numbers.Length);
        Assert.Null((await SendingAsync(app)).NextProbeAt);
        Assert.Equal(1, app.Twilio.Messages.MaxAcceptedPerNumber);
    }

    [Fact]
    public async Task ProbeDue_RefusedAgain_MakesOneCallAndWaitsAnotherHour()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), configure: TestApp.WithoutSweeper);
        await ReachTheLimitAsync(app);
        var calls = app.Twilio.Messages.TotalCalls;
        await MakeProbeDueAsync(app);

        await app.Service<Sweeper>().RunAsync(default);
        await Eventually.TrueAsync(() => app.Twilio.Messages.TotalCalls > calls);
        var sending = await Eventually.GetAsync(() => SendingAsync(app), sending => sending.NextProbeAt > TimeProvider.System.GetUtcNow().AddMinutes(55));
        await app.Service<Sweeper>().RunAsync(default);
        await Eventually.GetAsync(async () => (await app.Queue(QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);

        Assert.Equal(63038, sending.Code);
        Assert.Equal((calls + 1, 0), (app.Twilio.Messages.TotalCalls, app.Twilio.Messages.Accepted));
    }

    [Fact]
    public async Task ProbeDue_SuspendedByAnOperatorMeanwhile_IsMadeNoMore()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), configure: TestApp.WithoutSweeper);
        await ReachTheLimitAsync(app);
        app.Twilio.Faults.Clear();
        var calls = app.Twilio.Messages.TotalCalls;
        await MakeProbeDueAsync(app);
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);

        await app.Service<Sweeper>().RunAsync(default);
        var sending = await SendingAsync(app);

        Assert.Equal((0, (DateTimeOffset?)null), (sending.Code, sending.NextProbeAt));
        Assert.Equal(calls, app.Twilio.Messages.TotalCalls);
    }

    // No senders in the service, the service gone: every further message would be refused alike.
    [Theory]
    [InlineData(21704)]
    [InlineData(21705)]
    public async Task NoSenders_SuspendsAndKeepsEveryMessage(int code)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), configure: TestApp.WithoutSweeper);
        app.Twilio.Faults.FailNext(1000, Fault.Reject(404, code));

        var accepted = await app.BroadcastAsync("Hello", Numbers);
        var sending = await Eventually.GetAsync(() => SendingAsync(app), sending => sending.Code == code);

        Assert.Null(sending.NextProbeAt);
        Assert.Equal(20, (await app.GetAsync(accepted.BroadcastId, view => view.Counts.GetValueOrDefault(RecipientStatus.Pending) == 20)).Counts[RecipientStatus.Pending]);
    }

    [Fact]
    public async Task UnknownCode_RejectsItsMessageSuspendsNothingAndIsTold()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var metrics = new Gauges(app.Service<IMeterFactory>());
        app.Twilio.Faults.FailFor(Ada, 1, Fault.Reject(400, 45678));

        var accepted = await app.BroadcastAsync("Hello", [Ada, .. Numbers]);
        var view = await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal((1, 20), (view.Counts[RecipientStatus.Rejected], view.Counts[RecipientStatus.Delivered]));
        Assert.Equal(1, metrics.Sum("bulksms.codes.unknown", ("code", 45678)));
        Assert.Contains(app.Logs.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("Twilio gave the code 45678", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OptedOut_ToldByACallback_IsRemembered()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients[Ada] = new RecipientBehaviour { FinalStatus = RecipientStatus.Failed, ErrorCode = 21610 };

        var accepted = await app.BroadcastAsync("Hello", Ada);
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal(OptOutSource.Twilio, (await app.Service<OptOutList>().FindAsync(Ada, default))?.Source);
    }

    private static async Task<SendingView> ReachTheLimitAsync(TestApp app)
    {
        app.Twilio.Faults.FailNext(1000, Fault.Reject(429, 63038));
        var accepted = await app.BroadcastAsync("Hello", Numbers);
        var sending = await Eventually.GetAsync(() => SendingAsync(app), sending => sending.Code == 63038);
        await Eventually.GetAsync(async () => (await app.Queue(QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
        await app.GetAsync(accepted.BroadcastId, view => view.Counts.GetValueOrDefault(RecipientStatus.Pending) == Numbers.Length);
        return sending;
    }

    // As if the hour were over.
    private static Task MakeProbeDueAsync(TestApp app) => app.Table(TableNames.Broadcasts).UpdateEntityAsync(
        new TableEntity("holds", "suspended") { ["nextProbeAt"] = TimeProvider.System.GetUtcNow().AddSeconds(-1) }, Azure.ETag.All);

    private static async Task<SendingView> SendingAsync(TestApp app) => (await app.Http.GetFromJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!;
}

using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Faults;

/// <summary>What the sweeper finds and finishes, and how an unconfirmed send is proved. Waiting times are scaled down.</summary>
public sealed class RecoveryTests(MemoryFixture memory)
{
    // No callbacks: nothing but the list can prove a send here.
    internal static readonly Dictionary<string, string?> Quick = new(StringComparer.Ordinal)
    {
        ["Webhooks:PublicBaseUrl"] = "https://nobody.invalid",
        ["Sending:SendDeadline"] = "00:00:00.500",
        ["Sending:CallTimeout"] = "00:00:01",
        ["Sending:ClaimLease"] = "00:00:02",
        ["Sending:ListLag"] = "00:00:03",
        ["Sending:SecondReadingAfter"] = "00:00:01",
        ["Broadcasts:RequeueAfter"] = "00:00:01",
    };

    [Fact]
    public async Task Sweep_QueueCleared_RequeuesWhatWaits()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));
        await app.Queue(QueueNames.Outbound).ClearMessagesAsync();

        var jobs = await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                return await app.TakeAllAsync(QueueNames.Outbound);
            },
            jobs => jobs.Count > 0);

        Assert.Equal(TestApp.Numbers(20), jobs.Select(job => job.To).Order(StringComparer.Ordinal));
        Assert.All(jobs, job => Assert.Equal((accepted.BroadcastId, "Hello"), (job.BroadcastId, job.Text)));
    }

    [Fact]
    public async Task Sweep_TakenByTwilioButUnanswered_BindsItsMessage()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick);
        app.Twilio.Faults.FailNext(1, Fault.ProcessThenDrop);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        var row = await SweepUntilAsync(app, accepted.BroadcastId, row => row.Sid is not null);

        Assert.Equal(app.Twilio.Messages.All.Single().Sid, row.Sid);
        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Sweep_NeverTakenByTwilio_IsSentAgainAfterTwoLooks()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick);
        app.Twilio.Faults.FailNext(1, Fault.DropBeforeProcessing);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        var row = await SweepUntilAsync(app, accepted.BroadcastId, row => row.Sid is not null);

        Assert.Equal(app.Twilio.Messages.All.Single().Sid, row.Sid);
        Assert.Equal((2, 1), (app.Twilio.Messages.TotalCalls, app.Twilio.Messages.Accepted));
        var calls = app.Twilio.Messages.Calls.Select(call => call.ArrivedAt).ToArray();
        Assert.True(calls[1] - calls[0] > TimeSpan.FromSeconds(3), "sent again before the list could be trusted and looked at twice");
    }

    [Fact]
    public async Task Sweep_ListLagsBehind_IsNotTakenForAbsence()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick);
        app.Twilio.Faults.ListLag = TimeSpan.FromSeconds(3); // as long as ours, and shows up in between the two readings
        app.Twilio.Faults.FailNext(1, Fault.ProcessThenDrop);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        await SweepUntilAsync(app, accepted.BroadcastId, row => row.Sid is not null);

        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Sweep_LookFails_IsTriedAgainAndNeverGuessed()
    {
        KeyValuePair<string, string?>[] hasty = [.. Quick, new("Sending:OnUnproven", "Resend"), new("Sending:UnprovenAfter", "00:00:01")];
        await using var app = await TestApp.StartAsync(memory.NewAccount(), hasty);
        app.Twilio.Faults.FailNext(1, Fault.ProcessThenDrop);
        app.Twilio.Faults.FailNextReads(3, Fault.Error500);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        await SweepUntilAsync(app, accepted.BroadcastId, row => row.Sid is not null);

        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
        Assert.Contains("list could not be read", app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_TwoBroadcastsSameTextAndNumber_NeverTakesTheOthersMessage()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick);
        var first = await app.BroadcastAsync("Hello", "+15551230001");
        await app.RowAsync(first.BroadcastId, "+15551230001", row => row.Sid is not null);
        app.Twilio.Faults.FailNext(1, Fault.DropBeforeProcessing);
        var second = await app.BroadcastAsync("Hello", "+15551230001");

        var row = await SweepUntilAsync(app, second.BroadcastId, row => row.Sid is not null);

        Assert.NotEqual((await app.RowAsync(first.BroadcastId, "+15551230001")).Sid, row.Sid);
        Assert.Equal(2, app.Twilio.Messages.CountFor("+15551230001"));
    }

    [Fact]
    public async Task Sweep_LookThatOverlapsAnErasedBroadcast_ProvesNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. Quick, new("Callbacks:PollAfter", "00:00:01")]);
        var erased = await app.BroadcastAsync("Hello", "+15551230001");
        await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                using var response = await app.Http.DeleteAsync($"/api/v1/broadcasts/{erased.BroadcastId}");
                return response.IsSuccessStatusCode;
            },
            isErased => isErased);
        app.Twilio.Faults.FailNext(1, Fault.DropBeforeProcessing);

        var second = await app.BroadcastAsync("Hello", "+15551230001");
        var row = await SweepUntilAsync(app, second.BroadcastId, _ => app.Logs.Text.Contains("it stays unconfirmed", StringComparison.Ordinal));

        // The erased one's message is there, and no row says whose it is.
        Assert.Equal((RecipientStatus.Unconfirmed, true), (row.Status, string.IsNullOrEmpty(row.Sid)));
        Assert.Equal(1, app.Twilio.Messages.Accepted);
    }

    [Fact]
    public async Task Sweep_TwoPersonalTextsToOneNumber_AreToldApartByTheirTexts()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick);
        app.Twilio.Faults.FailNext(2, Fault.ProcessThenDrop);
        string[] ids =
        [
            .. await Task.WhenAll(new[] { "first", "second" }.Select(async code => (await app.BroadcastJsonAsync(
                $$$"""{"message": "Your {{code}} code", "recipients": [{"to": "+15551230001", "data": {"code": "{{{code}}}"}}]}""")).BroadcastId)),
        ];

        var rows = new[] { await SweepUntilAsync(app, ids[0], row => row.Sid is not null), await SweepUntilAsync(app, ids[1], row => row.Sid is not null) };

        Assert.Equal(["Your first code", "Your second code"], rows.Select(row => app.Twilio.Messages.Find(row.Sid!)!.Body));
        Assert.Equal(2, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Sweep_ClaimHolderGone_ProvesAbsenceAndSendsOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        await app.Service<ClaimLedger>().ClaimAsync(job, app.Twilio.Options.AccountSid, app.Twilio.Options.MessagingServiceSid, default);

        await SweepUntilAsync(app, accepted.BroadcastId, row => row.Status == RecipientStatus.Pending);
        await app.Service<SendSms>().HandleAsync(Assert.Single(await app.TakeAllAsync(QueueNames.Outbound)), default);

        Assert.Equal(1, app.Twilio.Messages.Accepted);
    }

    [Fact]
    public async Task Sweep_RejectedButNotPoisoned_WritesThePoisonMessage()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        var claim = (await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default)).Held!;
        await app.Service<ClaimLedger>().RecordAsync(claim, new RecipientEvent.Rejected(claim.Id, 21614, "not a mobile number"));

        await SweepUntilAsync(app, accepted.BroadcastId, row => row.PoisonedAt is not null);

        var poison = Assert.Single(await app.TakeAllAsync(QueueNames.OutboundPoison));
        Assert.Equal((21614, claim.Id, "Hello"), (poison.Failure!.Code, poison.Failure.ClaimId, poison.Text));
    }

    [Fact]
    public async Task Sweep_AllFinal_StoresTheTotalsAndForgetsTheBroadcast()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients["+15550000001"] = new RecipientBehaviour { RejectCode = 21614 };
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(5));
        await app.GetAsync(accepted.BroadcastId, view => view is { Status: "completed", Progress.Poisoned: 1 });

        await app.Service<Sweeper>().RunAsync(default);

        var broadcast = (await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!;
        Assert.NotNull(broadcast.CompletedAt);
        Assert.Equal((4, 1), (broadcast.Totals!.ByStatus[RecipientStatus.Delivered], broadcast.Totals.ByStatus[RecipientStatus.Rejected]));
        Assert.Empty(await app.Service<BroadcastStore>().ListActiveAsync(default).ToListAsync());
    }

    internal static Task<Recipient> SweepUntilAsync(TestApp app, string broadcastId, Func<Recipient, bool> wanted) => Eventually.GetAsync(
        async () =>
        {
            await app.Service<Sweeper>().RunAsync(default);
            return await app.RowAsync(broadcastId, "+15551230001");
        },
        wanted);
}

using System.Net;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.EndToEnd;

/// <summary>When a message may be sent: not before <c>sendAt</c>, not from <c>expiresAt</c> on.</summary>
public sealed class ScheduleTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";

    // As answers write times.
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    [Fact]
    public async Task Post_SendAt_IsScheduledAndSentWhenItIsDue()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var due = WholeMilliseconds(TimeProvider.System.GetUtcNow().AddSeconds(6));
        var accepted = await app.BroadcastJsonAsync($$"""{"message": "Hello", "recipients": ["{{Ada}}"], "sendAt": "{{due:O}}"}""");

        var view = await app.GetAsync(accepted.BroadcastId);
        Assert.Equal(("scheduled", due, due.AddHours(24)), (view.Status, view.SendAt, view.ExpiresAt));
        Assert.Equal(due, Assert.Single(await app.RecipientsAsync(accepted.BroadcastId)).DueAt);

        await app.CompletedAsync(accepted.BroadcastId);
        Assert.True(Assert.Single(app.Twilio.Messages.Calls).ArrivedAt > due.AddSeconds(-2.5), "sent before it was due"); // queues count whole seconds
    }

    [Fact]
    public async Task Post_ExpiresAt_IsPassedOnAsValidityPeriod()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var expires = TimeProvider.System.GetUtcNow().AddMinutes(10);

        var accepted = await app.BroadcastJsonAsync($$"""{"message": "Hello", "recipients": ["{{Ada}}"], "expiresAt": "{{expires:O}}"}""");
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.InRange(Assert.Single(app.Twilio.Messages.All).ValidityPeriod, 540, 600);
    }

    [Fact]
    public async Task Post_InTheRecipientsQuietHours_IsDueWhenTheyEnd()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var now = TimeProvider.System.GetUtcNow();
        var (from, to) = (now.AddHours(-1).ToString("HH:mm", null), now.AddHours(2).ToString("HH:mm", null));

        var accepted = await app.BroadcastJsonAsync(
            $$$"""{"message": "Hello", "recipients": ["+88312345678"], "quietHours": {"from": "{{{from}}}", "to": "{{{to}}}", "timeZone": "Etc/UTC"}}""");

        var recipient = Assert.Single(await app.RecipientsAsync(accepted.BroadcastId));
        var row = await app.RowAsync(accepted.BroadcastId, "+88312345678");
        Assert.InRange(recipient.DueAt!.Value, now.AddMinutes(118), now.AddMinutes(121));
        Assert.Equal(recipient.DueAt.Value.AddHours(24), row.ExpiresAt);
        Assert.Equal(new(from, to, "Etc/UTC"), (await app.GetAsync(accepted.BroadcastId)).QuietHours);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_NightHasComeMeanwhile_IsPostponedToItsEnd()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+88312345678");
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        var now = TimeProvider.System.GetUtcNow();

        await app.Service<SendSms>().HandleAsync(job with { QuietHours = Night(now).ToString() }, default);

        var row = await app.RowAsync(accepted.BroadcastId, "+88312345678");
        Assert.Equal(RecipientStatus.Pending, row.Status);
        Assert.InRange(row.DueAt!.Value, now.AddMinutes(58), now.AddMinutes(61));
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    // What postpones must not use up the rate: at night's beginning it would delay all others for minutes.
    [Fact]
    public async Task Handle_PostponedAndExpired_TakeNothingOfTheRate()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "0.1")], pumping: false);
        var night = Night(TimeProvider.System.GetUtcNow());
        await app.BroadcastAsync("Hello", TestApp.Numbers(21));
        var jobs = await app.TakeAllAsync(QueueNames.Outbound);

        var handling = HandleAllAsync([
            .. jobs.Take(10).Select(job => job with { QuietHours = night.ToString() }),
            .. jobs.Skip(10).Take(10).Select(job => job with { ExpiresAt = TimeProvider.System.GetUtcNow() }),
            jobs[20],
        ]);
        await handling.WaitAsync(TimeSpan.FromSeconds(100)); // each that took of the rate would take ten seconds

        Assert.Equal(jobs[20].To, Assert.Single(app.Twilio.Messages.All).To);

        async Task HandleAllAsync(IEnumerable<SendJob> all)
        {
            foreach (var job in all)
            {
                await app.Service<SendSms>().HandleAsync(job, default);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handle_NightOrExpiryComesWhileItWaitsForTheRate_GivesBackWhatItTook(bool night)
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [new("Sending:SegmentsPerSecond", "0.1")], pumping: false, configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await app.BroadcastAsync("Hello", Ada);
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        var limiter = app.Service<SendRateLimiter>();
        var lease = await limiter.EnterAsync(60, default); // ten minutes of the rate
        var inTwoHours = clock.GetUtcNow().AddHours(2);
        var handling = app.Service<SendSms>().HandleAsync(
            night ? job with { QuietHours = Night(inTwoHours).ToString() } : job with { ExpiresAt = inTwoHours }, default);
        await Eventually.TrueAsync(() => limiter.InFlight == 2);

        clock.Shift += TimeSpan.FromHours(2);
        lease.ReturnPermits();
        await handling.WaitAsync(TimeSpan.FromSeconds(100));

        Assert.Equal((0, 0), (app.Twilio.Messages.TotalCalls, limiter.InFlight));
        Assert.True(limiter.EnterAsync(1, default).IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("\"expiresAt\": \"2020-01-01T00:00:00Z\"", "\"$.expiresAt\":[\"must be in the future\"]")]
    [InlineData("\"sendAt\": \"2020-01-01T00:00:00Z\"", "\"$.sendAt\":[\"must not be more than 5 minutes ago\"]")]
    [InlineData("\"quietHours\": {\"from\": \"18:00\", \"to\": \"10:00\"}", "\"$.recipients[1]\":[\"may be in 11 time zones, and from")]
    public async Task Post_TimesThatCannotBe_Is400AndNothingIsAccepted(string times, string error)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var body = $$"""{"message": "Hello", "recipients": ["+447400123456", "+79161234567"], {{times}}}""";

        using var response = await app.PostJsonAsync(body);
        using var preview = await app.PostJsonAsync(body, "/api/v1/broadcasts/preview");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (response.StatusCode, preview.StatusCode));
        Assert.Contains(error, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(error, await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await app.Service<BroadcastStore>().ListActiveAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Post_SomeCannotBeReachedInTime_SkipLeavesThemOut()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var accepted = await app.BroadcastJsonAsync("""
            {"message": "Hello", "recipients": ["+447400123456", "+79161234567", "no number"], "onInvalid": "skip", "quietHours": {"from": "18:00", "to": "10:00"}}
            """);

        Assert.Equal((1, 2), (accepted.RecipientsCount, accepted.Invalid));
        Assert.Equal("+447400123456", Assert.Single(await app.RecipientsAsync(accepted.BroadcastId)).To);
        Assert.Equal(new("18:00", "10:00", null), (await app.GetAsync(accepted.BroadcastId)).QuietHours);
    }

    // Whose 202 was lost repeats it: what has become wrong meanwhile must not make it look for another key.
    [Fact]
    public async Task Post_RepeatWhenTheTimesHavePassed_IsAnsweredAsTheFirst()
    {
        var clock = new ShiftedClock(new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddHours(12), TimeSpan.Zero));
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false, configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (sendAt, expiresAt) = (clock.GetUtcNow().AddMinutes(1), clock.GetUtcNow().AddHours(20));
        var body = $$$"""
            {"message": "Hello", "recipients": ["+447400123456", "+88312345678"], "onInvalid": "skip", "sendAt": "{{{sendAt:O}}}", "expiresAt": "{{{expiresAt:O}}}",
             "quietHours": {"from": "21:00", "to": "08:00"}}
            """;
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "one");
        var first = await app.BroadcastJsonAsync(body);

        foreach (var later in new[] { TimeSpan.FromMinutes(30), TimeSpan.FromHours(12), TimeSpan.FromHours(8) })
        {
            clock.Shift += later;
            Assert.Equal(first, await app.BroadcastJsonAsync(body)); // long due; in the night that outlasts it; expired
        }

        app.Http.DefaultRequestHeaders.Remove(IdempotencyKey.Header);
        using var another = await app.PostJsonAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, another.StatusCode);
    }

    [Fact]
    public async Task Handle_ExpiredInTheQueue_IsExpiredAndNotSent()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));

        await app.Service<SendSms>().HandleAsync(job with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) }, default);

        Assert.Equal(RecipientStatus.Expired, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_ExpiredButTheRowHasMovedOn_LetsTheRowDecide()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default);

        await app.Service<SendSms>().HandleAsync(job with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) }, default);

        Assert.Equal(RecipientStatus.Sending, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
    }

    [Fact]
    public async Task Sweep_SendJobsLostUntilAfterTheExpiry_ExpiresAllAndCompletes()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:ExpireAfter", "00:00:01")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));
        await app.Queue(QueueNames.Outbound).ClearMessagesAsync();

        var view = await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                return await app.GetAsync(accepted.BroadcastId);
            },
            view => view.Status == "completed");

        Assert.Equal(20, view.Counts[RecipientStatus.Expired]);
        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
    }

    // From an hour before to an hour after, in UTC and for a number that tells no one zone.
    private static QuietHours Night(DateTimeOffset around) =>
        new(TimeOnly.FromDateTime(around.AddHours(-1).UtcDateTime), TimeOnly.FromDateTime(around.AddHours(1).UtcDateTime), "Etc/UTC");
}

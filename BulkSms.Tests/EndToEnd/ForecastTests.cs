using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.SendingControl;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>When a broadcast that was accepted will be finished, and what makes it later.</summary>
public sealed class ForecastTests
{
    private static readonly KeyValuePair<string, string?>[] Slow = [new("Sending:SegmentsPerSecond", "1")];

    [Fact]
    public async Task Get_WhatWaits_TellsWhenItIsFinishedAtTheRate()
    {
        await using var app = await VirtualApp.StartAsync(Slow);
        var first = await PreparedAsync(app, new { message = "Hello", recipients = TestApp.Numbers(600) });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await PreparedAsync(app, new { message = "Hello again", recipients = TestApp.Numbers(300, 1000) });

        var (one, two) = ((await app.GetAsync(first)).Progress, (await app.GetAsync(second)).Progress);

        Assert.Equal((10, 15), (MinutesOf(app, one.EstimatedCompletionAt), MinutesOf(app, two.EstimatedCompletionAt)));
        Assert.Equal(["rate 5"], Delays(app, one));
        Assert.Equal(["queue 5", "rate 8"], Delays(app, two));
        Assert.Null(one.Expiring);
    }

    [Fact]
    public async Task Get_WhatIsStopped_TellsWhatStopsItAndNoTime()
    {
        await using var app = await VirtualApp.StartAsync(Slow);
        var id = await PreparedAsync(app, new { message = "Hello", recipients = TestApp.Numbers(600) });

        using (await app.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null))
        {
            var paused = (await app.GetAsync(id)).Progress;
            Assert.Equal((null, "pause"), (paused.EstimatedCompletionAt, Assert.Single(paused.Delays!).Cause));
        }

        using (await app.Http.PostAsync("/api/v1/sending/suspend", null))
        {
            Assert.Equal("suspended", Assert.Single((await app.GetAsync(id)).Progress.Delays!).Cause);
        }
    }

    [Fact]
    public async Task Get_WhileTwilioIsAway_TellsThatAndNoTime()
    {
        await using var app = await VirtualApp.StartAsync(Slow);
        var id = await PreparedAsync(app, new { message = "Hello", recipients = TestApp.Numbers(600) });
        var now = app.Clock.GetUtcNow();

        await app.Service<ControlTable>().ReportCircuitAsync(new("one", now, now.AddMinutes(1), "the name was not found"), TestContext.Current.CancellationToken);
        var away = (await app.GetAsync(id)).Progress;
        app.Clock.Advance(TimeSpan.FromMinutes(17)); // the instance is held to be dead
        var back = (await app.GetAsync(id)).Progress;

        Assert.Equal((null, "circuitBreaker"), (away.EstimatedCompletionAt, Assert.Single(away.Delays!).Cause));
        Assert.NotNull(back.EstimatedCompletionAt);
    }

    [Fact]
    public async Task Get_InTheNight_TellsTheMorningAndStaysTheSame()
    {
        await using var app = await VirtualApp.StartAsync(Slow);
        app.Clock.SetUtcNow(new(2026, 3, 10, 23, 0, 0, TimeSpan.Zero));
        var id = await PreparedAsync(app, new { message = "Hello", recipients = Numbers("+44740012", 120), quietHours = new { from = "21:00", to = "08:00" } });

        var (progress, tag) = await ReadAsync(app, id, null);
        app.Clock.Advance(TimeSpan.FromMinutes(7));
        var (again, _) = await ReadAsync(app, id, tag);

        Assert.Equal(new DateTimeOffset(2026, 3, 11, 8, 5, 0, TimeSpan.Zero), progress!.EstimatedCompletionAt); // at eight, and two minutes of work, to the next five minutes
        Assert.Equal(["quietHours 60"], Delays(app, progress, new(2026, 3, 10, 23, 0, 0, TimeSpan.Zero)));
        Assert.Null(again); // 304
    }

    [Fact]
    public async Task Get_WhatExpiresBeforeItsTurn_IsTold()
    {
        await using var app = await VirtualApp.StartAsync(Slow);
        var id = await PreparedAsync(app, new { message = "Hello", recipients = TestApp.Numbers(600), expiresAt = app.Clock.GetUtcNow().AddMinutes(6) });

        var progress = (await app.GetAsync(id)).Progress;

        Assert.Null(progress.EstimatedCompletionAt);
        Assert.InRange(progress.Expiring!.Value, 235, 245);
        Assert.Equal(["rate 5"], Delays(app, progress));
    }

    [Fact]
    public async Task Get_FirstPartThatIsWaitedFor_CountsItIn()
    {
        await using var app = await VirtualApp.StartAsync(Slow);
        var id = await PreparedAsync(app, new { message = "Hello", recipients = TestApp.Numbers(600), canary = new { share = 0.1, @for = "PT30M" } });

        var progress = (await app.GetAsync(id)).Progress;

        Assert.Equal(40, MinutesOf(app, progress.EstimatedCompletionAt)); // a minute, thirty, and nine
        Assert.Equal("canary 10", Delays(app, progress)[0]);
    }

    // Of the row that is left no time zone is known; the others' stand for those that are still to come.
    [Fact]
    public async Task Get_PersonOfTheFirstPartIsErased_StaysTold()
    {
        await using var app = await VirtualApp.StartAsync([.. Slow, .. PersonScene.Settings]);
        app.Clock.SetUtcNow(new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers("+44740012", 120), quietHours = new { from = "21:00", to = "08:00" }, canary = new { share = 0.1, @for = "PT30M", maxOptOuts = 0.5 } });
        await app.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));
        var before = (await app.GetAsync(id)).Progress;

        await PersonScene.EndedAsync(app, await PersonScene.StartAsync(app, "erase", new { phone = app.Twilio.Messages.First().To }));

        var after = (await app.GetAsync(id)).Progress;
        Assert.Equal((12, new DateTimeOffset(2026, 3, 10, 12, 34, 0, TimeSpan.Zero)), (app.Twilio.Messages.Count, before.EstimatedCompletionAt)); // thirty minutes after the first twelve
        Assert.InRange(after.EstimatedCompletionAt!.Value - before.EstimatedCompletionAt!.Value, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1)); // it is told in whole minutes
    }

    [Fact]
    public async Task Get_WhatIsFinished_TellsNone()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(3) });
        await app.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));

        var progress = (await app.GetAsync(id)).Progress;

        Assert.Equal((null, null, null), (progress.EstimatedCompletionAt, progress.Expiring, progress.Delays));
    }

    private static async Task<string> PreparedAsync(VirtualApp app, object body)
    {
        var id = await app.BroadcastAsync(body);
        await app.Service<FanOut>().RunAsync((await app.Service<BroadcastStore>().FindAsync(id, default))!, default);
        return id;
    }

    private static async Task<(ProgressView? Progress, EntityTagHeaderValue? Tag)> ReadAsync(VirtualApp app, string id, EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/broadcasts/{id}");
        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        using var response = await app.Http.SendAsync(request);
        return response.StatusCode == HttpStatusCode.NotModified ? (null, tag) : ((await response.Content.ReadFromJsonAsync(ApiJson.Default.BroadcastView))!.Progress, response.Headers.ETag);
    }

    private static int? MinutesOf(VirtualApp app, DateTimeOffset? at) => at is { } time ? (int)Math.Round((time - app.Clock.GetUtcNow()).TotalMinutes) : null;

    private static string[] Delays(VirtualApp app, ProgressView progress, DateTimeOffset? from = null) =>
        [.. (progress.Delays ?? []).Select(delay => FormattableString.Invariant($"{delay.Cause} {Math.Round((delay.EstimatedCompletionAt!.Value - (from ?? app.Clock.GetUtcNow())).TotalMinutes)}"))];

    private static string[] Numbers(string start, int count) => [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{start}{i:0000}"))];
}

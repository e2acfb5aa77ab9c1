using System.Net.Http.Json;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A broadcast that fails too often pauses itself.</summary>
public sealed class AutoPauseTests(MemoryFixture memory)
{
    private static readonly KeyValuePair<string, string?>[] On =
        [new("Sending:PauseAboveFailureRate", "0.3"), new("Sending:MaxConcurrency", "10"), new("Broadcasts:MaxRecipients", "1000")];

    private static readonly string[] Numbers = TestApp.Numbers(300);

    [Fact]
    public async Task TooManyRefusals_PausesAndSaysWhyAndGoesOnWhenResumed()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), On);
        using var metrics = new Gauges(app.Service<System.Diagnostics.Metrics.IMeterFactory>());
        Array.ForEach(Numbers, number => app.Twilio.Recipients[number] = new RecipientBehaviour { RejectCode = 21614 });

        var accepted = await app.BroadcastAsync("Hello", Numbers);
        var view = await app.GetAsync(accepted.BroadcastId, view => view.Status == "paused");

        Assert.Equal("100 % of the last 200 results were failures", view.PausedBecause);
        Assert.InRange(app.Twilio.Messages.TotalCalls, AutoPause.Results, Numbers.Length - 1);
        await Eventually.TrueAsync(() => metrics.Sum("bulksms.broadcasts.auto_paused") == 1); // counted after the pause is written
        Array.ForEach(Numbers, number => app.Twilio.Recipients[number] = new RecipientBehaviour());
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{accepted.BroadcastId}/resume", null);
        view = await app.CompletedAsync(accepted.BroadcastId);
        Assert.Null(view.PausedBecause);
        Assert.InRange(view.Counts[RecipientStatus.Delivered], 1, Numbers.Length - AutoPause.Results);
    }

    [Fact]
    public async Task TooManyUndelivered_PausesAsWell()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. On, new("Sending:SegmentsPerSecond", "15")]); // callbacks come while much of it still waits
        Array.ForEach(Numbers, number => app.Twilio.Recipients[number] = new RecipientBehaviour { FinalStatus = ProviderStatus.Undelivered, ErrorCode = 30005 });

        var accepted = await app.BroadcastAsync("Hello", Numbers);

        await app.GetAsync(accepted.BroadcastId, view => view is { Status: "paused", PausedBecause: not null });
    }

    [Fact]
    public async Task OptOuts_WithinADayOfTheText_CountAsFailures()
    {
        await using var app = await VirtualApp.StartAsync([new("Sending:PauseAboveFailureRate", "0.01")]);
        var numbers = TestApp.Numbers(20);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = numbers, sendOver = "P4D", canary = new { share = 0.3, @for = "P1D", maxOptOuts = 1 } });
        await app.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(20));
        for (var i = 0; i < AutoPause.Results; i++)
        {
            await app.Service<ResultWatch>().SentAsync(new(id, 0, "key"), numbers[0], later: true);
        }

        await OptOutAsync(app, numbers[^3..]); // they were not texted
        await OptOutAsync(app, numbers[..2]);
        var before = await app.GetAsync(id);
        await OptOutAsync(app, numbers[2..3]); // more than 1 % of the last 200
        var after = await app.GetAsync(id);
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/resume", null);
        app.Clock.Advance(TimeSpan.FromHours(25));
        for (var i = 0; i < AutoPause.Results; i++)
        {
            await app.Service<ResultWatch>().SentAsync(new(id, 0, "key"), numbers[0], later: true);
        }

        await OptOutAsync(app, numbers[3..6]); // too late to say something of the text

        Assert.Equal(("sending", "paused", "sending"), (before.Status, after.Status, (await app.GetAsync(id)).Status));
    }

    private static async Task OptOutAsync(VirtualApp app, params string[] phones)
    {
        using var answer = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones });
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task OffByDefault_SendsToTheEnd()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        Array.ForEach(Numbers[..210], number => app.Twilio.Recipients[number] = new RecipientBehaviour { RejectCode = 21614 });

        var view = await app.CompletedAsync((await app.BroadcastAsync("Hello", Numbers[..210])).BroadcastId);

        Assert.Equal(210, view.Counts[RecipientStatus.Rejected]);
    }
}

using System.Diagnostics.Metrics;
using BulkSms.Api;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>How fast, and how many at a time.</summary>
public sealed class SendRateTests(MemoryFixture memory)
{
    [Fact]
    public async Task Send_RateLimited_HalvesTheRateAndShowsIt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "1000"), new("Sending:RateRecovery", "01:00:00")]);
        using var gauges = new Gauges(app.Service<IMeterFactory>());
        Assert.Equal(1000, gauges.Read("bulksms.gate.rate"));
        app.Twilio.Faults.FailNext(1, Fault.Refuse429);

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));
        await app.CompletedAsync(accepted.BroadcastId);

        var sending = (await app.GetJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!;
        Assert.InRange(sending.SegmentsPerSecond, 500, 520); // half, and what an hour's recovery gives back in a minute
        Assert.InRange(gauges.Read("bulksms.gate.rate"), 500, 520);
    }

    [Fact]
    public async Task Send_ManyWaiting_NeverExceedsMaxConcurrency()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:MaxConcurrency", "5")]);
        app.Twilio.Faults.Latency = TimeSpan.FromMilliseconds(200);

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(60));
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.InRange(app.Twilio.Messages.MaxConcurrentCalls, 2, 5);
    }

    [Fact]
    public async Task Send_SegmentsPerSecond_BoundsTheRate()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "40")]);

        var accepted = await app.BroadcastAsync(new string('a', 320), TestApp.Numbers(40)); // 3 segments each: 120 in all
        await app.CompletedAsync(accepted.BroadcastId);

        var calls = app.Twilio.Messages.Calls.Select(call => call.ArrivedAt).Order().ToArray();
        Assert.True(calls[^1] - calls[0] > TimeSpan.FromSeconds(2.5), $"120 segments at 40 a second took {calls[^1] - calls[0]}");
    }
}

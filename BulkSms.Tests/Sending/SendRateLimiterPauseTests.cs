using BulkSms.Sending;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Sending;

public sealed class SendRateLimiterPauseTests : IDisposable
{
    private readonly LimiterClock clock = new();
    private readonly SendRateLimiter gate;

    public SendRateLimiterPauseTests()
    {
        gate = new(Options.Create(new SendingOptions { MaxConcurrency = 10, SegmentsPerSecond = 10 }), clock);
    }

    public void Dispose() => gate.Dispose();

    [Fact]
    public async Task Pause_Entering_WaitsToItsEnd()
    {
        gate.Pause(TimeSpan.FromSeconds(10));
        var waiting = EnterAsync();
        Assert.Equal(TimeSpan.FromSeconds(10), await clock.WaitBegunAsync());

        clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.001));
        await waiting.Soon();
    }

    [Fact]
    public async Task Pause_ShorterOne_NeverShortens()
    {
        gate.Pause(TimeSpan.FromSeconds(10));
        gate.Pause(TimeSpan.FromSeconds(1));
        gate.Pause(TimeSpan.Zero);
        gate.Pause(TimeSpan.FromSeconds(-1));
        _ = EnterAsync();

        Assert.Equal(TimeSpan.FromSeconds(10), await clock.WaitBegunAsync());
    }

    [Fact]
    public async Task Pause_LongerOneMeanwhile_HoldsWhoWaitsAlready()
    {
        gate.Pause(TimeSpan.FromSeconds(1));
        var waiting = EnterAsync();
        await clock.WaitBegunAsync();
        gate.Pause(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(9), await clock.WaitBegunAsync());
        clock.Advance(TimeSpan.FromSeconds(9));
        await waiting.Soon();
    }

    [Fact]
    public async Task Pause_WhileAMessageWaitsForTheRate_KeepsItWaiting()
    {
        await EnterAsync(50).Soon(); // five seconds' worth
        var waiting = EnterAsync();
        Assert.InRange(await clock.WaitBegunAsync(), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5));
        gate.Pause(TimeSpan.FromSeconds(60));
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(55), await clock.WaitBegunAsync());
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Pause_Over_DoesNotEarnABurst()
    {
        gate.Pause(TimeSpan.FromSeconds(60));
        clock.Advance(TimeSpan.FromSeconds(60));
        await EnterAsync().Soon();
        var second = EnterAsync();

        Assert.Equal(TimeSpan.FromMilliseconds(50), await clock.WaitBegunAsync()); // 1/10 s less the burst
        Assert.False(second.IsCompleted);
    }

    private Task<SendRateLimiter.Lease> EnterAsync(int segments = 1) => gate.EnterAsync(segments, TestContext.Current.CancellationToken);
}

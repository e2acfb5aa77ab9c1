using BulkSms.Sending;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Sending;

public sealed class SendRateLimiterRateTests
{
    private const double Burst = 0.05;
    private const int MaxSegments = 10;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 2)]
    [InlineData(50, 3)]
    [InlineData(100, 4)]
    [InlineData(250, 5)]
    [InlineData(1000, 6)]
    [InlineData(3000, 12)]
    [InlineData(7, 13)]
    public async Task EnterAsync_AnySecond_LetsThroughTheRateAndABurstAndOneMessage(int rate, int seed)
    {
        var passes = await SendAsync(rate, seed, idle: true);

        for (var i = 0; i < passes.Count; i++)
        {
            var second = passes.Skip(i).TakeWhile(pass => pass.At < passes[i].At + TimeSpan.FromSeconds(1)).ToList();
            Assert.True(second.Sum(pass => pass.Segments) <= (rate * (1 + Burst)) + MaxSegments, $"{second.Count} messages from {passes[i].At:O}");
        }
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(100, 8)]
    [InlineData(1000, 9)]
    [InlineData(3000, 10)]
    [InlineData(7, 11)]
    public async Task EnterAsync_OneAfterTheOther_UsesTheWholeRate(int rate, int seed)
    {
        var passes = await SendAsync(rate, seed, idle: false);

        var took = passes[^1].At - passes[0].At;
        Assert.InRange(took.TotalSeconds, (passes.SkipLast(1).Sum(pass => pass.Segments) / (double)rate) - Burst - 0.001, passes.Sum(pass => pass.Segments) / (double)rate);
    }

    [Fact]
    public async Task Return_UnusedPermit_LetsTheNextThroughAtOnce()
    {
        var clock = new LimiterClock();
        using var gate = new SendRateLimiter(Options.Create(new SendingOptions { SegmentsPerSecond = 0.1 }), clock);
        var unused = await gate.EnterAsync(10, TestContext.Current.CancellationToken);
        var next = gate.EnterAsync(1, TestContext.Current.CancellationToken);
        await clock.WaitBegunAsync(); // for a hundred seconds

        unused.ReturnPermits();

        (await next.Soon()).Dispose();
        Assert.False(gate.EnterAsync(1, TestContext.Current.CancellationToken).IsCompleted); // what the next has taken is taken
    }

    // At these rates the waits are no whole milliseconds, which is all that a timer knows: waiting for less than one must not become a busy loop.
    [Theory]
    [InlineData(3000)]
    [InlineData(300)]
    [InlineData(0.3)]
    public async Task EnterAsync_WaitOfFractionsOfAMillisecond_WaitsOnATimer(double rate)
    {
        var clock = new LimiterClock();
        using var gate = new SendRateLimiter(Options.Create(new SendingOptions { SegmentsPerSecond = rate }), clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        try
        {
            for (var i = 0; i < 200; i++)
            {
                (await clock.RunAsync(Task.Run(() => gate.EnterAsync(1, end.Token), end.Token))).Dispose();
            }
        }
        finally
        {
            await end.CancelAsync(); // ends the busy loop, if there is one
        }
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task EnterAsync_WallClockSetMeanwhile_WaitsNeitherLongerNorShorter(int seconds)
    {
        var clocks = new TwoClocks();
        using var gate = new SendRateLimiter(Options.Create(new SendingOptions { SegmentsPerSecond = 1 }), clocks);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        (await gate.EnterAsync(10, end.Token)).Dispose();
        clocks.Wall += TimeSpan.FromSeconds(seconds);
        var waiting = gate.EnterAsync(1, end.Token);

        Assert.Equal(TimeSpan.FromSeconds(9.95), clocks.LastWait);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
    }

    private static async Task<List<(DateTimeOffset At, int Segments)>> SendAsync(int rate, int seed, bool idle)
    {
        var clock = new LimiterClock();
        using var gate = new SendRateLimiter(Options.Create(new SendingOptions { SegmentsPerSecond = rate }), clock);
        var random = new Random(seed);
        var passes = new List<(DateTimeOffset, int)>();
        for (var i = 0; i < 500; i++)
        {
            var segments = random.Next(1, MaxSegments + 1);
            (await clock.RunAsync(gate.EnterAsync(segments, TestContext.Current.CancellationToken))).Dispose();
            passes.Add((clock.GetUtcNow(), segments));
            if (idle && random.Next(20) == 0)
            {
                clock.Advance(TimeSpan.FromMilliseconds(random.Next(3000)));
            }
        }

        return passes;
    }
}

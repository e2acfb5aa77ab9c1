using BulkSms.Sending;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Sending;

public sealed class SendRateLimiterTests : IDisposable
{
    private readonly LimiterClock clock = new();
    private readonly SendRateLimiter gate;

    public SendRateLimiterTests()
    {
        gate = new(Options.Create(new SendingOptions { MaxConcurrency = 2, SegmentsPerSecond = 1000 }), clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => gate.Dispose();

    [Fact]
    public async Task EnterAsync_MoreThanMaxConcurrency_WaitUntilOneLeaves()
    {
        var first = await EnterAsync().Soon();
        using var second = await EnterAsync().Soon();
        var third = EnterAsync();
        var fourth = EnterAsync();
        Assert.False(third.IsCompleted);

        first.Dispose();
        using var pass = await third.Soon();
        Assert.False(fourth.IsCompleted);

        first.Dispose(); // twice is once
        Assert.False(fourth.IsCompleted);

        pass.Dispose();
        (await fourth.Soon()).Dispose();
    }

    [Fact]
    public async Task EnterAsync_ManyWait_FirstComeFirstServed()
    {
        var (one, other) = (await EnterAsync().Soon(), await EnterAsync().Soon());
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 20).Select(EnterAndLeaveAsync).ToList();
        one.Dispose();
        await Task.WhenAll(waiting).Soon();
        other.Dispose();

        Assert.Equal(Enumerable.Range(0, 20), order);

        async Task EnterAndLeaveAsync(int number)
        {
            using var pass = await EnterAsync();
            order.Add(number);
        }
    }

    [Fact]
    public async Task EnterAsync_CanceledWhileWaitingForASlot_TakesNone()
    {
        var (one, other) = (await EnterAsync().Soon(), await EnterAsync().Soon());
        using var impatience = new CancellationTokenSource();
        var waiting = gate.EnterAsync(1, impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());

        one.Dispose();
        other.Dispose();
        await Task.WhenAll(EnterAsync(), EnterAsync()).Soon();
    }

    [Fact]
    public async Task EnterAsync_CanceledWhileWaitingForTheRate_GivesSlotAndTurnBack()
    {
        gate.Pause(TimeSpan.FromSeconds(10));
        using var impatience = new CancellationTokenSource();
        var waiting = new[] { gate.EnterAsync(1, impatience.Token), gate.EnterAsync(1, impatience.Token) }; // one at the rate, one behind it
        await clock.WaitBegunAsync();
        await impatience.CancelAsync();
        foreach (var each in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each.Soon());
        }

        clock.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(EnterAsync(), EnterAsync()).Soon();
    }

    [Fact]
    public async Task EnterAsync_CanceledBefore_Throws()
    {
        using var impatience = new CancellationTokenSource();
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync(1, impatience.Token));
        await Task.WhenAll(EnterAsync(), EnterAsync()).Soon();
    }

    private Task<SendRateLimiter.Lease> EnterAsync() => gate.EnterAsync(1, Cancellation);
}

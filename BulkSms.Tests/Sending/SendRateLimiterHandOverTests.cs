using BulkSms.Common;
using BulkSms.Sending;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Sending;

/// <summary>What is claimed is counted once more where it is handed over.</summary>
public sealed class SendRateLimiterHandOverTests : IDisposable
{
    private readonly LimiterClock clock = new();
    private readonly SendRateLimiter gate;

    public SendRateLimiterHandOverTests() => gate = new(Options.Create(new SendingOptions { SegmentsPerSecond = 10 }), clock);

    public void Dispose() => gate.Dispose();

    [Fact]
    public async Task HandOverAsync_ClaimsThatStorageDelayed_DoNotGoAllAtOnce()
    {
        var waiting = Enumerable.Range(0, 20).Select(_ => gate.HandOverAsync(1, new Deadline(clock, TimeSpan.FromSeconds(10)))).ToList();
        var first = waiting.Count(each => each.IsCompleted);
        await clock.RunAsync(Task.WhenAll(waiting));

        Assert.Equal(1, first);
        Assert.All(waiting, each => Assert.NotNull(each.Result));
    }

    [Fact]
    public async Task HandOverAsync_TurnThatDoesNotComeInTime_IsNone()
    {
        var waiting = Enumerable.Range(0, 20).Select(_ => gate.HandOverAsync(1, new Deadline(clock, TimeSpan.FromSeconds(1)))).ToList();
        await clock.RunAsync(Task.WhenAll(waiting));

        Assert.InRange(waiting.Count(each => each.Result is not null), 9, 12);
    }
}

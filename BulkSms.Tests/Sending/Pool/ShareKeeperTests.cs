using BulkSms.Chaos.Storage;
using BulkSms.Sending.Pool;

namespace BulkSms.Tests.Sending.Pool;

public sealed class ShareKeeperTests : IAsyncLifetime
{
    private readonly SharingInstances instances = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => instances.DisposeAsync();

    [Fact]
    public async Task Lone_FirstMessage_GoesAtOnceAndHasTheWholeRate()
    {
        var lone = await instances.AddAsync();

        await lone.SendAsync().WaitAsync(TimeSpan.FromSeconds(30)); // the clock stands still

        Assert.Equal(100, lone.Limiter.Share);
    }

    [Fact]
    public async Task Lone_AtOneSegmentASecond_SendsATextOfThreeAtOnceAndTheNextAfterItsTime()
    {
        var lone = await instances.AddAsync(rate: 1);

        await lone.SendAsync(segments: 3).WaitAsync(TimeSpan.FromSeconds(30)); // the clock stands still
        var next = lone.SendAsync(segments: 3);
        await instances.PassAsync(2.8);
        Assert.False(next.IsCompleted);
        await instances.PassAsync(0.4);

        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Two_Busy_ShareTheRateFromTheFourthSecondOn()
    {
        var (first, second) = (await instances.AddAsync(), await instances.AddAsync());
        first.Backlog(900);
        await instances.PassAsync(2);
        second.Backlog(900);

        await instances.PassAsync(2.5);
        Assert.Equal(0, second.Sent); // it may be that the first has not seen it
        await instances.PassAsync(1.5);

        Assert.InRange(second.Sent, 1, 50);
        Assert.Equal((50, 50), (Math.Round(first.Limiter.Share), Math.Round(second.Limiter.Share)));
    }

    // As on Flex Consumption, where each trigger has instances of its own.
    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    public async Task Two_OfBothPriorities_ShareTheRateByThem(double rate)
    {
        var (normal, high) = (await instances.AddAsync(rate), await instances.AddAsync(rate));
        normal.Backlog(900);
        await instances.PassAsync(5);
        high.Backlog(900, isHigh: true);
        await instances.PassAsync(5);

        Assert.Equal((rate * 0.85, rate * 0.15), (Math.Round(high.Limiter.Share, 3), Math.Round(normal.Limiter.Share, 3)));
    }

    [Fact]
    public async Task One_EndsInOrder_LeavesItsShareToTheOtherAtOnce()
    {
        var (first, second) = await TwoAsync();

        await first.DisposeAsync();
        await instances.PassAsync(1.7);

        Assert.Equal(100, second.Limiter.Share);
    }

    [Fact]
    public async Task One_IsGone_LeavesItsShareToTheOtherAfterSomeSeconds()
    {
        var (first, second) = await TwoAsync();
        first.Storage.Decide = _ => StorageFaultKind.CutBefore;

        await instances.PassAsync(2.7);
        Assert.Equal((0, 50), (first.Limiter.Share, Math.Round(second.Limiter.Share)));
        await instances.PassAsync(5);

        Assert.Equal(100, second.Limiter.Share);
    }

    [Fact]
    public async Task StorageAway_NothingGoesAfterTheLeaseAndAllWhenItIsBack()
    {
        var lone = await instances.AddAsync();
        lone.Backlog(900);
        await instances.PassAsync(1);
        lone.Storage.Decide = _ => StorageFaultKind.CutBefore;

        await instances.PassAsync(2.7);
        var sent = lone.Sent;
        Assert.Equal(0, lone.Limiter.Share);
        await instances.PassAsync(3);
        Assert.Equal(sent, lone.Sent);

        lone.Storage.Decide = _ => StorageFaultKind.None;
        await instances.PassAsync(0.6);
        Assert.Equal(100, lone.Limiter.Share);
    }

    [Fact]
    public async Task Renewal_WhoseAnswersAreLost_IsReadAndKeepsTheShare()
    {
        var lone = await instances.AddAsync();
        lone.Backlog(900);
        await instances.PassAsync(1);
        lone.Storage.Decide = call => call.Body.Length == 0 ? StorageFaultKind.None : StorageFaultKind.ApplyThenCut;

        await instances.PassAsync(5);

        Assert.Equal(100, lone.Limiter.Share);
    }

    [Fact]
    public async Task User_ThatFails_IsAskedAgain()
    {
        var lone = await instances.AddAsync();
        lone.Backlog(900);
        await instances.PassAsync(1);
        lone.FailsToSay = true;
        await instances.PassAsync(5);
        Assert.Equal(0, lone.Limiter.Share);

        lone.FailsToSay = false;
        await instances.PassAsync(1);

        Assert.Equal(100, lone.Limiter.Share);
    }

    [Fact]
    public async Task SlowDown_OfOne_LowersTheRateOfAll()
    {
        var (first, second) = await TwoAsync();

        first.Limiter.SlowDown();
        await instances.PassAsync(2);

        Assert.InRange(second.Limiter.SegmentsPerSecond, 50, 51);
        Assert.InRange(second.Limiter.Share, 24, 26);
        second.Limiter.SlowDown();
        Assert.InRange(second.Limiter.SegmentsPerSecond, 25, 26); // of what is left
    }

    [Fact]
    public async Task Idle_TakesItsRowAwayAndAsksNothingMore()
    {
        var lone = await instances.AddAsync();
        await lone.SendAsync();
        await instances.PassAsync(5);
        Assert.Equal(1, await instances.RowsAsync());
        await lone.SendAsync().WaitAsync(TimeSpan.FromSeconds(30)); // at once, as no other has come

        await instances.PassAsync(12);
        Assert.Equal(0, await instances.RowsAsync());
        var calls = await instances.Recorded.CallsOfAsync(() => instances.PassAsync(5));

        Assert.Empty(calls);
        await lone.SendAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Active_AsksStorageTwiceASecond()
    {
        var lone = await instances.AddAsync();
        lone.Backlog(900);
        await instances.PassAsync(1.5); // between two renewals

        var calls = await instances.Recorded.CallsOfAsync(() => instances.PassAsync(5));

        Assert.InRange(calls.Count, 8, 10);
    }

    [Fact]
    public async Task HandOver_DeadlineIsThatOfTheLeaseToo()
    {
        var lone = await instances.AddAsync();
        using var lease = await lone.Limiter.EnterAsync(1, default);
        var until = await lone.Limiter.HandOverAsync(1, new(instances.Clock, TimeSpan.FromSeconds(10)));

        Assert.False(until!.HasPassed);
        instances.Clock.Advance(PoolTimes.Default.Lease + TimeSpan.FromMilliseconds(1)); // the process was frozen meanwhile
        Assert.True(until.HasPassed);
    }

    private async Task<(SharingInstances.Instance First, SharingInstances.Instance Second)> TwoAsync()
    {
        var (first, second) = (await instances.AddAsync(), await instances.AddAsync());
        first.Backlog(900);
        second.Backlog(900);
        await instances.PassAsync(5);
        Assert.Equal((50, 50), (Math.Round(first.Limiter.Share), Math.Round(second.Limiter.Share)));
        return (first, second);
    }
}

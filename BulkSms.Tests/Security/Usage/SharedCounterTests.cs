using Azure.Core.Pipeline;
using BulkSms.Chaos.Storage;
using BulkSms.MemoryStorage;
using BulkSms.Security.Usage;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Security.Usage;

/// <summary>Counters of several instances over one storage in memory, on a clock that a test moves.</summary>
public sealed class SharedCounterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Noon);
    private readonly MemoryAccount account;
    private readonly RecordingTransport storage;

    public SharedCounterTests()
    {
        account = new(clock);
        storage = new(new MemoryTransport(account, TimeSpan.Zero, TimeProvider.System));
    }

    [Fact]
    public async Task Take_OnSeveralInstances_NeverExceedsTheLimit()
    {
        var (one, two, limit) = (await NewAsync(), await NewAsync(), Recipients(10));

        var taken = new[] { await TakeAsync(one, limit, 6), await TakeAsync(two, limit, 6), await TakeAsync(two, limit, 4), await TakeAsync(one, limit, 1) };

        Assert.Equal([true, false, true, false], taken);
        Assert.Equal((10, 0), (await UsedAsync(limit), (await one.ReadAsync(limit)).Left));
    }

    [Fact]
    public async Task Take_ByAnInstanceThatBeginsAnew_FindsWhatWasUsed()
    {
        var limit = Recipients(10);
        await TakeAsync(await NewAsync(), limit, 7);

        var refusal = (await (await NewAsync()).TakeAsync([new(limit, 4)])).Refusal;

        Assert.Equal(new(limit, 7, new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero)), refusal);
    }

    [Fact]
    public async Task Take_InTheNextWindow_BeginsAnew()
    {
        var (one, day, month) = (await NewAsync(), Recipients(10), Budget(10));
        Assert.True(await TakeAsync(one, day, 10) && await TakeAsync(one, month, 10));
        clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromTicks(1));
        Assert.False(await TakeAsync(one, day, 1) || await TakeAsync(one, month, 1));

        clock.Advance(TimeSpan.FromTicks(1));

        Assert.True(await TakeAsync(one, day, 10) && await TakeAsync(one, month, 10));
    }

    [Fact]
    public async Task Take_OfWhatOneLimitDoesNotAllow_TakesNothingOfTheOthers()
    {
        var (one, day, month) = (await NewAsync(), Recipients(10), Budget(5));

        var reservation = await one.TakeAsync([new(day, 6), new(month, 6)]);

        Assert.Equal(month, reservation.Refusal!.Limit);
        Assert.Equal((0, 0), (await UsedAsync(day), await UsedAsync(month)));
        Assert.Equal(month, (await one.TakeAsync([new(day, 6), new(month, null)])).Refusal!.Limit); // an amount that is not known
    }

    [Fact]
    public async Task Return_OfWhatCameToNothing_IsOthersToTake()
    {
        var (one, two, limit) = (await NewAsync(), await NewAsync(), Recipients(10));
        var reservation = await one.TakeAsync([new(limit, 10)]);

        await reservation.ReturnAsync();
        await reservation.ReturnAsync(); // once

        Assert.True(await TakeAsync(two, limit, 10));
        Assert.False(await TakeAsync(one, limit, 1));
    }

    [Fact]
    public async Task Return_AfterTheWindow_DoesNotAddToTheNext()
    {
        var (one, limit) = (await NewAsync(), Recipients(10));
        var reservation = await one.TakeAsync([new(limit, 10)]);
        clock.Advance(TimeSpan.FromDays(1));

        await reservation.ReturnAsync();

        Assert.False(await TakeAsync(one, limit, 11));
        Assert.True(await TakeAsync(one, limit, 10));
    }

    [Fact]
    public async Task Take_ManyAtOnce_TakesFewCalls()
    {
        var slow = new RecordingTransport(new MemoryTransport(account, TimeSpan.FromMilliseconds(1), TimeProvider.System)); // so that they meet
        var (one, limit) = (await NewAsync(slow), Recipients(100));
        await TakeAsync(one, limit, 1);

        var calls = await slow.CallsOfAsync(() => Task.WhenAll(Enumerable.Range(0, 99).Select(_ => TakeAsync(one, limit, 1))));

        Assert.Equal(100, await UsedAsync(limit));
        Assert.InRange(calls.Count, 1, 5);
    }

    [Fact]
    public async Task Take_OneAfterTheOther_TakesFewCallsAndLittleAhead()
    {
        var (one, limit) = (await NewAsync(), Recipients(100_000));

        var calls = await storage.CallsOfAsync(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                Assert.True(await TakeAsync(one, limit, 1));
            }
        });

        Assert.InRange(calls.Count, 2, 30);
        Assert.InRange(await UsedAsync(limit), 1000, 1000 + (limit.Most / 1000));
        Assert.Equal(1000, (await one.ReadAsync(limit)).Used); // what is taken ahead is not used
        var two = await NewAsync();
        Assert.True(await TakeAsync(two, limit, 1) && await UsedAsync(limit) is var before && await TakeAsync(two, Recipients(100_000), 1) && await UsedAsync(limit) - before <= 3);
    }

    [Fact]
    public async Task Take_AtLeisure_TakesNothingAhead()
    {
        var (one, limit) = (await NewAsync(), Recipients(100_000));
        for (var i = 0; i < 10; i++)
        {
            await TakeAsync(one, limit, 50);
            clock.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.Equal(500, await UsedAsync(limit));
    }

    [Theory]
    [InlineData(StorageFaultKind.CutBefore)]
    [InlineData(StorageFaultKind.ApplyThenCut)]
    public async Task Take_WhoseAnswerIsLost_IsTakenOnce(StorageFaultKind fault)
    {
        var (faulty, limit, writes) = (new FaultyTransport(storage), Recipients(10), 0);
        var one = await NewAsync(faulty);
        await TakeAsync(one, limit, 1);
        faulty.Decide = call => call.IfMatch.Length > 0 && Interlocked.Increment(ref writes) == 1 ? fault : StorageFaultKind.None;

        Assert.True(await TakeAsync(one, limit, 4));

        Assert.Equal(5, await UsedAsync(limit));
    }

    [Fact]
    public async Task Take_WhileStorageIsAway_FailsForAllThatWait_AndLaterGoesOn()
    {
        var faulty = new FaultyTransport(storage);
        var (one, limit) = (await NewAsync(faulty), Recipients(100));
        await TakeAsync(one, limit, 1);
        faulty.Decide = _ => StorageFaultKind.CutBefore;

        var calls = await storage.CallsOfAsync(() => Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => Assert.True((await Record.ExceptionAsync(() => TakeAsync(one, limit, 1)))!.IsUnavailable()))));

        Assert.Empty(calls);
        faulty.Decide = _ => StorageFaultKind.None;
        Assert.True(await TakeAsync(one, limit, 99));
        Assert.Equal(100, await UsedAsync(limit));
    }

    // Instances that come and die, calls that overtake each other, answers that are lost, writes that are applied late.
    [Fact]
    public async Task Schedules_OfAnyKind_NeverExceedTheLimitAndLoseNoMoreThanTheyMay()
    {
        for (var seed = 1; seed <= 150; seed++)
        {
            await new UsageSchedule(seed).RunAsync();
        }
    }

    private static async Task<bool> TakeAsync(UsageCounters counters, UsageLimit limit, long amount) => (await counters.TakeAsync([new(limit, amount)])).Refusal is null;

    private static UsageLimit Recipients(long most) => new(UsageKind.RecipientsPerDay, "key:shop", "Limits:RecipientsPerDay", most);

    private static UsageLimit Budget(long most) => new(UsageKind.MonthlyBudget, "key:shop", "Limits:MonthlyBudget", most);

    private async Task<UsageCounters> NewAsync(HttpPipelineTransport? transport = null) => new(await UsageSchedule.TableAsync(transport ?? storage), clock);

    private async Task<long> UsedAsync(UsageLimit limit) =>
        (await (await UsageSchedule.TableAsync(storage)).ReadAsync(limit.Holder, UsageWindow.Of(limit.Kind, clock.GetUtcNow()))).Used;
}

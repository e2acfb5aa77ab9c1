using BulkSms.Broadcasts;
using BulkSms.Chaos;
using BulkSms.Chaos.Invariants;

namespace BulkSms.Tests.Chaos;

/// <summary>The invariant of a broadcast with a first part, in evidence of a run in which the one number that was sent to is not of it.</summary>
public sealed class FirstPartInvariantTests
{
    [Fact]
    public void Check_RestAfterThePartHasPassed_FindsNothing() => Assert.Empty(Check(new(CanaryStatus.Passed, DecidedAt: ForgedRun.Begun)));

    [Fact]
    public void Check_RestAfterAFailedPartIsResumed_FindsNothing() => Assert.Empty(Check(new(CanaryStatus.Failed, DecidedAt: ForgedRun.Begun), Resumed(-1, 1)));

    [Fact]
    public void Check_PartThatIsNotDecided_IsAViolation() => Assert.Contains("is not decided", Check(CanaryResult.Waiting)[0]);

    [Fact]
    public void Check_RestBeforeTheDecision_IsAViolation() =>
        Assert.Contains("before it is decided", Assert.Single(Check(new(CanaryStatus.Passed, DecidedAt: ForgedRun.Begun.AddSeconds(1)))));

    [Fact]
    public void Check_RestOfAFailedPartThatIsResumedBeforeAndAfter_IsAViolation() =>
        Assert.Contains("before it is resumed", Assert.Single(Check(new(CanaryStatus.Failed, DecidedAt: ForgedRun.Begun), Resumed(-3, -2), Resumed(1, 2))));

    private static string[] Check(CanaryResult result, params Resumption[] resumptions)
    {
        var posted = new Posted("key", "Hello", [ForgedRun.Refused, ForgedRun.Sent]) { FirstPart = new(0.5m, TimeSpan.FromMinutes(1)) };
        posted.Accept(ForgedRun.BroadcastId, 2);
        var (good, sent, refused) = (ForgedRun.Evidence, ForgedRun.Evidence.Rows[0], ForgedRun.Evidence.Rows[1]);
        return [.. AllInvariants.Check(good with { Posted = [posted], Rows = [sent with { Index = 1 }, refused], Broadcasts = [good.Broadcasts[0] with { FirstPart = result }], Resumptions = resumptions })];
    }

    private static Resumption Resumed(double from, double until) => new(ForgedRun.BroadcastId, ForgedRun.Begun.AddSeconds(from)) { Until = ForgedRun.Begun.AddSeconds(until) };
}

using BulkSms.Api;
using BulkSms.Broadcasts;

namespace BulkSms.Tests.Api;

/// <summary>When a broadcast is asked for again: soon while something happens, seldom while nothing does or much must be counted.</summary>
public sealed class PollAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(BroadcastStatus.Sending, 2, 600, 2)]
    [InlineData(BroadcastStatus.Sending, 100_000, 600, 20)]
    [InlineData(BroadcastStatus.Finishing, 2, 1, 2)]
    [InlineData(BroadcastStatus.Finishing, 2, 100, 10)]
    [InlineData(BroadcastStatus.Finishing, 2, 86_400, 30)]
    [InlineData(BroadcastStatus.Finishing, 2, -5, 2)]
    [InlineData(BroadcastStatus.Finishing, 100_000, 1, 20)]
    [InlineData(BroadcastStatus.Finishing, 200_000, 1, 40)]
    [InlineData(BroadcastStatus.Paused, 2, 1, 30)]
    [InlineData(BroadcastStatus.AwaitingApproval, 2, 1, 30)]
    public void Wait_OfABroadcast_FitsItsAgeAndSize(string status, int recipients, int age, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PollAfter.Wait(status, recipients, Now.AddSeconds(-age), null, Now));

    [Fact]
    public void Wait_FinishingAfterASchedule_CountsFromWhenItWasDue() =>
        Assert.Equal(TimeSpan.FromSeconds(2), PollAfter.Wait(BroadcastStatus.Finishing, 2, Now.AddDays(-1), Now.AddSeconds(-1), Now));

    [Theory]
    [InlineData(300, 300)]
    [InlineData(7200, 3600)]
    [InlineData(1, 2)]
    public void Wait_Scheduled_IsUntilItIsDueButAnHourAtMost(int left, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PollAfter.Wait(BroadcastStatus.Scheduled, 2, Now.AddDays(-1), Now.AddSeconds(left), Now));
}

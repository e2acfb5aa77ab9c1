using BulkSms.Sending.Pool;

namespace BulkSms.Tests.Sending.Pool;

public sealed class ShareScheduleTests
{
    [Fact]
    public void Between_TimeThatIsForgotten_CountsAsTheOldestThatIsKnown()
    {
        var schedule = new ShareSchedule();
        for (var second = 0; second <= 100; second++)
        {
            schedule.Replace(TimeSpan.FromSeconds(second), [new(TimeSpan.FromSeconds(second), 10), new(TimeSpan.FromSeconds(second + 2.5), 0)]);
        }

        Assert.Equal(100, schedule.Between(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100)), 6);
        Assert.Equal(1000, schedule.Between(TimeSpan.Zero, TimeSpan.FromSeconds(100)), 6); // an instance that waited for long looks back so far
    }
}

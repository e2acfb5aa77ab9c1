using BulkSms.Estimates;

namespace BulkSms.Tests.Estimates;

public sealed class DrainEstimateTests
{
    private static readonly DateTimeOffset Due = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100_000, 100, 1000)]
    [InlineData(101, 100, 2)]
    [InlineData(0, 100, 0)]
    [InlineData(10, 0.1, 100)]
    public void Seconds_SegmentsAtARate_AreRoundedUp(long segments, double rate, long expected) => Assert.Equal(expected, Of(segments, rate, 1).Seconds);

    [Theory]
    [InlineData(36_000, true)]
    [InlineData(36_001, false)]
    public void FitsTwilioQueue_OneSegmentASecond_IsTenHours(long segments, bool expected)
    {
        Assert.Equal(36_000, Of(segments, 1, 48).TwilioQueueSegments);
        Assert.Equal(expected, Of(segments, 1, 48).FitsTwilioQueue);
    }

    [Theory]
    [InlineData(3600, true)]
    [InlineData(3601, false)]
    public void FitsBeforeExpiry_AnHour_IsItsSegments(long segments, bool expected) => Assert.Equal(expected, Of(segments, 1, 1).FitsBeforeExpiry);

    private static DrainEstimate Of(long segments, double rate, double hours) => new(segments, rate, Due, Due.AddHours(hours));
}

using BulkSms.Twilio;

namespace BulkSms.Tests.Sending;

public sealed class ValidityPeriodTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(36_001, null)]
    [InlineData(36_000, null)]
    [InlineData(35_999.9, 35_999)]
    [InlineData(60, 60)]
    [InlineData(1.9, 1)]
    [InlineData(0.2, 1)] // Twilio takes no less
    public void ValidityOf_TimeLeft_IsWholeSecondsOrTwiliosDefault(double left, int? seconds) =>
        Assert.Equal(seconds, OutgoingSms.ValidityOf(Now.AddSeconds(left), Now));

    [Fact]
    public void ValidityOf_NoEnd_IsTwiliosDefault() => Assert.Null(OutgoingSms.ValidityOf(null, Now));
}

using BulkSms.Sending;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Sending;

public sealed class SendingOptionsTests
{
    private static readonly SendingOptionsValidator Validator = new();
    private static readonly ClaimLeaseValidator LeaseValidator = new();

    [Fact]
    public void Defaults_AreAsDocumentedAndValid()
    {
        var options = new SendingOptions();

        Assert.Equal((100, 100.0, 8), (options.MaxConcurrency, options.SegmentsPerSecond, options.MaxAttempts));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15)), (options.RetryBaseDelay, options.RetryMaxDelay));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(35)), (options.SendDeadline, options.CallTimeout));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)), (options.ClaimLease, options.RecordPatience));
        Assert.Equal(
            (TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(60), OnUnproven.Hold, TimeSpan.FromHours(24)),
            (options.ListLag, options.SecondLookAfter, options.OnUnproven, options.UnprovenAfter));
        Assert.Empty(Validator.Failures());
        Assert.Empty(LeaseValidator.Failures());
    }

    [Theory]
    [InlineData("MaxConcurrency", "1 and 2000", "0", "1", "2000", "2001")]
    [InlineData("SegmentsPerSecond", "0.1 and 10000", "0.09", "0.1", "10000", "10000.1")]
    [InlineData("SegmentsPerSecond", "0.1 and 10000", "NaN")]
    [InlineData("SegmentsPerSecond", "0.1 and 10000", "-Infinity")]
    [InlineData("MaxAttempts", "1 and 50", "0", "1", "50", "51")]
    [InlineData("RetryBaseDelay", "00:00:00.0100000 and 01:00:00", "00:00:00.009", "00:00:00.010", "01:00:00", "01:00:01")]
    [InlineData("RetryMaxDelay", "00:00:00.0100000 and 1.00:00:00", "00:00:00.009", "00:00:00.010", "1.00:00:00", "1.00:00:01")]
    [InlineData("SendDeadline", "00:00:00.1000000 and 00:00:30", "00:00:00.099", "00:00:00.100", "00:00:30", "00:00:31")]
    [InlineData("CallTimeout", "00:00:00.1000000 and 00:02:00", "00:00:00.099", "00:00:00.100", "00:02:00", "00:02:01")]
    [InlineData("ClaimLease", "00:00:01 and 00:10:00", "00:00:00.999", "00:00:01", "00:10:00", "00:10:01")]
    [InlineData("RecordPatience", "00:00:00 and 00:08:00", "-00:00:01", "00:00:00", "00:08:00", "00:08:01")]
    public void Validate_Range_IsKept(string field, string range, params string[] values) => Validator.AssertRange(field, values, range);

    [Theory]
    [InlineData("00:00:45.001", "00:00:10", "00:00:35", true)]
    [InlineData("00:00:45", "00:00:10", "00:00:35", false)]
    [InlineData("00:00:44", "00:00:10", "00:00:35", false)]
    [InlineData("00:02:00", "00:00:30", "00:02:00", false)]
    [InlineData("00:10:00", "00:00:30", "00:02:00", true)]
    public void Validate_ClaimLease_OutlivesEveryCallUnderIt(string lease, string window, string timeout, bool valid) => Assert.Equal(
        valid ? [] : ["Sending:ClaimLease must be longer than Sending:SendDeadline and Sending:CallTimeout together."],
        LeaseValidator.Failures(("ClaimLease", lease), ("SendDeadline", window), ("CallTimeout", timeout)));
}

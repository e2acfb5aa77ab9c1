using BulkSms.Sending;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Sending;

public sealed class SendingOptionsTests
{
    private static readonly SendingOptionsValidator Validator = new();
    private static readonly ClaimLeaseValidator LeaseValidator = new();

    [Fact]
    public void Defaults_AreValid()
    {
        Assert.Empty(Validator.Failures());
        Assert.Empty(LeaseValidator.Failures());
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    public void Validate_Rate_MustBeANumber(string value) => Assert.Equal(
        ["SegmentsPerSecond: The field SendingOptions.SegmentsPerSecond must be between 0.1 and 10000."], Validator.Failures(("SegmentsPerSecond", value)));

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

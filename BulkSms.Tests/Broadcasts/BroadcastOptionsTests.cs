using BulkSms.Broadcasts;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Broadcasts;

public sealed class BroadcastOptionsTests
{
    private static readonly BroadcastOptionsValidator Validator = new();

    [Fact]
    public void Defaults_AreAsDocumentedAndValid()
    {
        var options = new BroadcastOptions();

        Assert.Equal((100_000, 32 * 1024 * 1024), (options.MaxUploadRecipients, options.MaxUploadBytes));
        Assert.Equal((1600, 1000, 1024 * 1024, 1000, 1500, 128),
            (options.MaxMessageLength, options.MaxRecipients, options.MaxRequestBytes, options.InlineRecipientLimit, options.RowRecipientLimit, options.EnqueueConcurrency));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), (options.CommitProbe, options.UnfinishedAfter));
        Assert.Equal((TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromSeconds(45)), (options.IdempotencyKeyLifetime, options.ExpireAfter, options.RequeueAfter));
        Assert.Empty(Validator.Failures());
    }

    [Theory]
    [InlineData("MaxMessageLength", "1 and 1600", "0", "1", "1600", "1601")]
    [InlineData("MaxRecipients", "1 and 100000", "0", "1", "100000", "100001")]
    [InlineData("MaxRequestBytes", "1024 and 16777216", "1023", "1024", "16777216", "16777217")]
    [InlineData("MaxUploadRecipients", "1 and 1000000", "0", "1", "1000000", "1000001")]
    [InlineData("MaxUploadBytes", "1024 and 268435456", "1023", "1024", "268435456", "268435457")]
    [InlineData("InlineRecipientLimit", "0 and 10000", "-1", "0", "10000", "10001")]
    [InlineData("RowRecipientLimit", "0 and 1500", "-1", "0", "1500", "1501")]
    [InlineData("EnqueueConcurrency", "1 and 512", "0", "1", "512", "513")]
    [InlineData("CommitProbe", "00:00:00 and 00:01:00", "-00:00:01", "00:00:00", "00:01:00", "00:01:00.001")]
    [InlineData("IdempotencyKeyLifetime", "00:01:00 and 30.00:00:00", "00:00:59", "00:01:00", "30.00:00:00", "30.00:00:01")]
    [InlineData("UnfinishedAfter", "00:00:01 and 01:00:00", "00:00:00.999", "00:00:01", "01:00:00", "01:00:00.001")]
    public void Validate_Range_IsKept(string field, string range, params string[] values) => Validator.AssertRange(field, values, range);

    [Fact]
    public void Validate_SeveralFaults_AreAllTold() => Assert.Equal(
        [
            "MaxMessageLength: The field BroadcastOptions.MaxMessageLength must be between 1 and 1600.",
            "MaxRecipients: The field BroadcastOptions.MaxRecipients must be between 1 and 100000.",
        ],
        Validator.Failures(("MaxMessageLength", "-1"), ("MaxRecipients", "0")));
}

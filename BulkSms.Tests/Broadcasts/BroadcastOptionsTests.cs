using BulkSms.Broadcasts;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Broadcasts;

public sealed class BroadcastOptionsTests
{
    private static readonly BroadcastOptionsValidator Validator = new();

    [Fact]
    public void Defaults_AreValid() => Assert.Empty(Validator.Failures());

    [Fact]
    public void Validate_SeveralFaults_AreAllTold() => Assert.Equal(
        [
            "MaxMessageLength: The field BroadcastOptions.MaxMessageLength must be between 1 and 1600.",
            "MaxRecipients: The field BroadcastOptions.MaxRecipients must be between 1 and 100000.",
        ],
        Validator.Failures(("MaxMessageLength", "-1"), ("MaxRecipients", "0")));
}

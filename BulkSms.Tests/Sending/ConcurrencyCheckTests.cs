using BulkSms.Queues;
using BulkSms.Sending;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Sending;

public sealed class ConcurrencyCheckTests
{
    [Theory]
    [InlineData(128, 128, false)]
    [InlineData(129, 128, true)]
    [InlineData(400, 332, true)]
    [InlineData(300, 332, false)]
    public async Task Start_MoreCallsThanTheTriggerGives_IsWarnedOf(int maxConcurrency, int messages, bool warned)
    {
        using var log = new LogRecorder();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var check = new ConcurrencyCheck(Options.Create(new SendingOptions { MaxConcurrency = maxConcurrency }), new(messages), factory.CreateLogger<ConcurrencyCheck>());

        await check.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(warned, log.Text.Contains($"Sending:MaxConcurrency is {maxConcurrency}", StringComparison.Ordinal));
    }
}

using BulkSms.Queues;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>Warns at start of calls in flight that there can never be: each is a message that the queue trigger has given to this instance.</summary>
public sealed partial class ConcurrencyCheck(IOptions<SendingOptions> options, QueueTriggerLimit trigger, ILogger<ConcurrencyCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MaxConcurrency > trigger.Messages)
        {
            Log.NeverReached(logger, options.Value.MaxConcurrency, trigger.Messages);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(EventId = 2424, Level = LogLevel.Warning, Message = "Sending:MaxConcurrency is {MaxConcurrency}, but the queue trigger gives an instance {Messages} messages at a time: so many calls are in flight at most. Lower the setting, or raise extensions.queues.newBatchThreshold of host.json")]
        public static partial void NeverReached(ILogger logger, int maxConcurrency, int messages);
    }
}

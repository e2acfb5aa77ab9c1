using BulkSms.Broadcasts;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The timer triggers. The host runs each on one instance at a time.</summary>
public sealed class TimerFunctions(Sweeper sweeper)
{
    [Function("Sweep")]
    public Task Sweep([TimerTrigger(Sweeper.Schedule)] TimerInfo timer, CancellationToken cancellation) => sweeper.RunAsync(cancellation);
}

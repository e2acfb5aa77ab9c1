using BulkSms.Dispatch;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The timer triggers. The host runs each on one instance at a time.</summary>
public sealed class TimerFunctions(SweepTurn sweep)
{
    [Function("Sweep")]
    public Task Sweep([TimerTrigger(Sweeper.Schedule)] TimerInfo timer, CancellationToken cancellation) => sweep.RunAsync(cancellation);
}

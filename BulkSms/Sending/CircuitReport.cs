using BulkSms.Profiles;
using BulkSms.SendingControl;
using Microsoft.Extensions.Logging;

namespace BulkSms.Sending;

/// <summary>
/// Tells the other instances, and so <c>GET /api/v1/sending</c>, that this one's circuit breaker is open: the app that answers need not be one that sends. Nothing waits for
/// it, and storage that is away stops nothing.
/// </summary>
public sealed partial class CircuitReport(ControlTable table, ILogger<CircuitReport> logger) : IDisposable
{
    private readonly string instance = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim one = new(1);

    /// <summary>The last report; ends when it is written.</summary>
    public Task Last { get; private set; } = Task.CompletedTask;

    /// <summary>Writes the state as it is when its turn comes: of several changes the last one is told.</summary>
    public void Tell(Func<CircuitBreaker.Open?> state, string profile = Profile.DefaultName) => Last = TellAsync(state, profile);

    public void Dispose() => one.Dispose();

    private async Task TellAsync(Func<CircuitBreaker.Open?> state, string profile)
    {
        try
        {
            await one.WaitAsync();
            try
            {
                await (state() is { } open
                    ? table.ReportCircuitAsync(new(instance, open.Since, open.NextProbeAt, open.Reason, profile), CancellationToken.None)
                    : table.ForgetCircuitAsync(instance, profile, CancellationToken.None));
            }
            finally
            {
                one.Release();
            }
        }
        catch (Exception e)
        {
            Log.NotTold(logger, e.GetType().Name); // shown by this instance's metric and log all the same
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2404, Level = LogLevel.Warning, Message = "The state of the circuit breaker could not be written ({Fault}): GET /sending does not show it")]
        public static partial void NotTold(ILogger logger, string fault);
    }
}

using BulkSms.Dispatch;
using BulkSms.Storage;

namespace BulkSms.LocalHost;

/// <summary>The timer trigger: sweeps at start and then at the sweeper's period.</summary>
public sealed partial class SweeperService(SweepTurn sweep, StorageSetup storage, IConfiguration configuration, TimeProvider time, ILogger<SweeperService> logger) : BackgroundService
{
    /// <summary>How often it sweeps. Default the timer trigger's minute.</summary>
    public const string PeriodSetting = "LocalHost:SweepEvery";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(configuration.GetValue(PeriodSetting, Sweeper.Period), time);
        do
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Interrupted(logger, e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5006, Level = LogLevel.Warning, Message = "A sweep was interrupted ({Fault}); the next one goes on")]
        public static partial void Interrupted(ILogger logger, string fault);
    }
}

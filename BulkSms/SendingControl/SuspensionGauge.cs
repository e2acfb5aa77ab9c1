using System.Diagnostics.Metrics;
using BulkSms.Telemetry;
using Microsoft.Extensions.Logging;

namespace BulkSms.SendingControl;

/// <summary>Shows whether sending is suspended, all of it or a profile's, once a sweep, by Twilio's code; 0 is an operator's. An alert on it misses nothing: metrics are never sampled.</summary>
public sealed partial class SuspensionGauge
{
    /// <summary>What is older than this is not shown: another instance sweeps by now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3);

    private readonly ControlTable control;
    private readonly TimeProvider time;
    private readonly ILogger<SuspensionGauge> logger;
    private volatile Measured? last;

    public SuspensionGauge(ControlTable control, IMeterFactory meters, TimeProvider time, ILogger<SuspensionGauge> logger)
    {
        (this.control, this.time, this.logger) = (control, time, logger);
        meters.Create(BulkSmsTelemetry.Name).CreateObservableGauge("bulksms.sending.suspended", Show, "{suspension}", "1 while sending is suspended, by Twilio's code, 0 for an operator, and by profile, which is `all` for all sending");
    }

    /// <summary>Measures once; it never fails what it is measured beside.</summary>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        try
        {
            last = new([.. (await control.ReadAsync(cancellation)).Suspensions], time.GetUtcNow());
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.NotMeasured(logger, e.GetType().Name);
        }
    }

    private IEnumerable<Measurement<int>> Show() => last is not { } measured || time.GetUtcNow() - measured.At >= Fresh ? []
        : measured.Suspensions is [] ? [Measure(0, 0, null)]
        : measured.Suspensions.Select(each => Measure(1, each.Code, each.Profile));

    private static Measurement<int> Measure(int value, int code, string? profile) =>
        new(value, KeyValuePair.Create<string, object?>("code", code), KeyValuePair.Create<string, object?>("profile", profile ?? "all"));

    private sealed record Measured(Suspension[] Suspensions, DateTimeOffset At);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1901, Level = LogLevel.Warning, Message = "Whether sending is suspended could not be read for the metrics ({Fault})")]
        public static partial void NotMeasured(ILogger logger, string fault);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.SendingControl;
using BulkSms.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// Pauses a broadcast by itself when too many of its last results are failures (<see cref="SendingOptions.PauseAboveFailureRate"/>): a bad list or a bad
/// text should not cost its whole length. Each instance watches what it sees; what Twilio refuses at once and what fails later are watched apart. A person who opts out shortly after the
/// text counts as a failure that comes later.
/// </summary>
public sealed partial class AutoPause : IBroadcastOptOuts
{
    /// <summary>Results that are looked at.</summary>
    public const int Results = 200;

    /// <summary>Broadcasts watched at a time; beyond that the watching begins anew.</summary>
    private const int MaxWatched = 1000;

    private readonly ConcurrentDictionary<(string BroadcastId, bool Later), LastResults> watched = [];
    private readonly BroadcastStore broadcasts;
    private readonly ControlTable control;
    private readonly double? threshold;
    private readonly ILogger<AutoPause> logger;
    private readonly Counter<long> paused;

    public AutoPause(BroadcastStore broadcasts, ControlTable control, IOptions<SendingOptions> options, IMeterFactory meters, ILogger<AutoPause> logger)
    {
        (this.broadcasts, this.control, threshold, this.logger) = (broadcasts, control, options.Value.PauseAboveFailureRate, logger);
        paused = meters.Create(BulkSmsTelemetry.Name).CreateCounter<long>("bulksms.broadcasts.auto_paused", "{broadcast}", "Broadcasts that paused themselves");
    }

    /// <summary>Takes note of a result.</summary>
    /// <param name="broadcastId">Whose.</param>
    /// <param name="failed">Whether it is a failure.</param>
    /// <param name="later">False: what Twilio answered. True: what became of the message after that.</param>
    public async Task ResultAsync(string broadcastId, bool failed, bool later)
    {
        if (threshold is not { } highest)
        {
            return;
        }

        if (watched.Count >= MaxWatched)
        {
            watched.Clear();
        }

        var key = (broadcastId, later);
        var results = watched.GetOrAdd(key, _ => new());
        if (results.Add(failed) is not { } rate || rate <= highest || !watched.TryRemove(KeyValuePair.Create(key, results)))
        {
            return; // of several at once one pauses it; once resumed it is judged by what comes then
        }

        if (await broadcasts.FindAsync(broadcastId, CancellationToken.None) is not { CompletedAt: null, IsCanceled: false })
        {
            return; // late callbacks: nothing of it is left to be paused
        }

        await PauseAsync(broadcastId, string.Create(CultureInfo.InvariantCulture, $"{rate:P0} of the last {Results} results were failures"), CancellationToken.None);
        Log.Paused(logger, broadcastId, rate);
    }

    public Task OptedOutAsync(string broadcastId) => ResultAsync(broadcastId, failed: true, later: true);

    /// <summary>Pauses a broadcast by itself, and counts it.</summary>
    public async Task PauseAsync(string broadcastId, string reason, CancellationToken cancellation)
    {
        await control.PauseAsync(broadcastId, reason, cancellation);
        paused.Add(1);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2401, Level = LogLevel.Error, Message = "Broadcast {BroadcastId} has paused itself: {FailureRate} of its last results were failures")]
        public static partial void Paused(ILogger logger, string broadcastId, double failureRate);
    }

    private sealed class LastResults
    {
        private readonly Queue<bool> last = new(Results + 1);
        private int failures;

        /// <summary>The share of failures, once there are enough results.</summary>
        public double? Add(bool failed)
        {
            lock (last)
            {
                last.Enqueue(failed);
                failures += failed ? 1 : 0;
                if (last.Count > Results && last.Dequeue())
                {
                    failures--;
                }

                return last.Count < Results ? null : (double)failures / Results;
            }
        }
    }
}

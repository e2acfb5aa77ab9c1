using System.Collections.Concurrent;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Outbox;
using BulkSms.Recipients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>
/// Tells of what a process that died has left: events whose rows still stand there, recipients that were not told of, deliveries whose queue message is lost. Where there is no endpoint it does
/// nothing.
/// </summary>
public sealed partial class SweepEvents(
    EventOutbox outbox, RelayOutbox relay, UntoldMarkers markers, BroadcastStore broadcasts, RecipientTable recipients, TellFinished tell, RequeueDeliveries requeue, SweepPace pace)
{
    /// <summary>One pass.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!await pace.TryAsync(async () => (await outbox.EndpointsAsync(cancellation)).Count > 0, cancellation))
        {
            return;
        }

        await pace.TryAsync(() => relay.RunAsync(cancellation), cancellation);
        await pace.TryAsync(() => requeue.RunAsync(cancellation), cancellation);
        var all = Array.Empty<UntoldMarker>();
        await pace.TryAsync(async () => all = [.. await markers.ListAsync(cancellation)], cancellation);
        foreach (var marker in all.Where(marker => pace.IsDue(marker.BroadcastId)))
        {
            await pace.TryAsync(() => ThroughAsync(marker, cancellation), cancellation);
        }
    }

    private async Task ThroughAsync(UntoldMarker marker, CancellationToken cancellation)
    {
        if (await broadcasts.FindWithoutRecipientsAsync(marker.BroadcastId, cancellation) is not { ErasedAt: null } broadcast)
        {
            await markers.RemoveAsync(marker, cancellation);
            return;
        }

        var isClean = true;
        foreach (var shard in Shard.Of(broadcast.Id, broadcast.Shards))
        {
            await foreach (var rows in recipients.UntoldRows(shard, cancellation).Chunk(TellFinished.MostInABatch).WithCancellation(cancellation))
            {
                isClean = false;
                var left = rows.Where(row => RecipientStatus.IsFinal(row.Status) && pace.IsLeft(row.Timestamp)).ToArray();
                await (left.Length == 0 ? Task.CompletedTask : tell.RunAsync(broadcast.Id, left, cancellation));
            }
        }

        if (!isClean || broadcast.CompletedAt is null)
        {
            return;
        }

        pace.Rest(broadcast.Id);
        if (marker.IsOld)
        {
            await markers.RemoveAsync(marker, cancellation);
        }
    }
}

/// <summary>When the sweep goes through what again; and that what fails keeps nothing else waiting.</summary>
public sealed partial class SweepPace(IOptions<EventOptions> options, TimeProvider time, ILogger<SweepPace> logger)
{
    /// <summary>So many times as long as it gathers, an instance may take to tell.</summary>
    private const int TellingTakes = 4;

    private readonly ConcurrentDictionary<string, Deadline> resting = new(StringComparer.Ordinal);

    /// <summary>Whether it is time to go through a broadcast.</summary>
    public bool IsDue(string broadcastId) => !resting.TryGetValue(broadcastId, out var rest) || (rest.HasPassed && resting.TryRemove(broadcastId, out _));

    /// <summary>Leaves a broadcast alone for a while: it is completed, and all of it was told.</summary>
    public void Rest(string broadcastId) => resting[broadcastId] = new(time, options.Value.RequeueAfter);

    /// <summary>Whether the instance that wrote a row then would have told of it by now.</summary>
    public bool IsLeft(DateTimeOffset written) => time.GetUtcNow() - written > TellingTakes * options.Value.GatherFor;

    /// <summary>Does something; what fails is told in the log, and tried again at the next sweep.</summary>
    public Task TryAsync(Func<Task> act, CancellationToken cancellation) => TryAsync(
        async () =>
        {
            await act();
            return true;
        },
        cancellation);

    /// <inheritdoc cref="TryAsync(Func{Task}, CancellationToken)"/>
    /// <returns>What it gives; false: it failed.</returns>
    public async Task<bool> TryAsync(Func<Task<bool>> act, CancellationToken cancellation)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.Interrupted(logger, e.GetType().Name);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3302, Level = LogLevel.Warning, Message = "The sweep of events was interrupted ({Fault}); the next one goes on")]
        public static partial void Interrupted(ILogger logger, string fault);
    }
}

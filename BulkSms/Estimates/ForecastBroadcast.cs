using System.Collections.Concurrent;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;

namespace BulkSms.Estimates;

/// <summary>
/// Tells when a broadcast that was accepted will be finished: by its schedule, quiet hours, spread and canary, its profile's rate, and what waits before it. Of its recipients it reads some.
/// </summary>
public sealed class ForecastBroadcast(RecipientTable recipients, SendingRates rates, WaitingAhead ahead, TimeProvider time)
{
    /// <summary>Rows that are read at most, of all shards together.</summary>
    private const int SampleSize = 1000;

    /// <summary>Shards that are asked, unless these have none.</summary>
    private const int Shards = 4;

    /// <summary>What is measured counts when it is less than this part of what is configured.</summary>
    private const double Slow = 0.5;

    /// <summary>How long an answer waits for it; then the one before is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private const int MostKept = 100;

    private readonly ConcurrentDictionary<string, Forecast> latest = new(StringComparer.Ordinal);

    /// <summary>Estimates it.</summary>
    /// <param name="broadcast">The broadcast.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="stopped">What stops it, one of <see cref="DelayCause"/>; null: nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Forecast> OfAsync(Broadcast broadcast, BroadcastProgress progress, string? stopped, CancellationToken cancellation)
    {
        var (waiting, rest) = (Math.Max(0, progress.Waiting), broadcast.FannedOutAt is null ? Math.Max(0, broadcast.RecipientsCount - progress.Rows) : 0);
        if (broadcast is not { CompletedAt: null, ErasedAt: null, IsCanceled: false } || waiting + rest == 0)
        {
            return Forecast.None;
        }

        if (stopped is not null)
        {
            return Forecast.Stopped(stopped);
        }

        var working = ReadAsync(broadcast, progress, waiting, rest);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(working, Task.Delay(Patience, time, answered.Token));
        await answered.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return working.IsCompleted ? await working : latest.GetValueOrDefault(broadcast.Id) ?? Forecast.None;
    }

    // Progress is answered all the same when storage does not tell this.
    private async Task<Forecast> ReadAsync(Broadcast broadcast, BroadcastProgress progress, int waiting, int rest)
    {
        try
        {
            var (queued, sample) = (ahead.SegmentsAsync(broadcast, waiting, CancellationToken.None), await SampleAsync(broadcast, waiting > 0, CancellationToken.None));
            var left = new RemainingShares(broadcast, waiting, rest, sample);
            return Keep(broadcast.Id, left.AreUnknown ? Forecast.None : Of(broadcast, progress, left, rest > 0, await queued ?? 0));
        }
        catch (Exception e) when (e.IsUnavailable())
        {
            return Forecast.None;
        }
    }

    private Forecast Keep(string broadcastId, Forecast forecast)
    {
        if (latest.Count >= MostKept)
        {
            latest.Clear();
        }

        return latest[broadcastId] = forecast;
    }

    private Forecast Of(Broadcast broadcast, BroadcastProgress progress, RemainingShares left, bool hasRest, long queued)
    {
        var (now, rate) = (time.GetUtcNow(), rates.Of(broadcast.Profile));
        var pool = new DrainPool(rate, queued, now);
        var shares = SharesOf(broadcast, left, hasRest, broadcast.Quiet, true, pool);
        if (shares.All.Count == 0)
        {
            return Forecast.None;
        }

        var measured = Measured(progress, shares, left.Weight, now);
        var (isSlow, atRate) = (queued == 0 && measured < rate * Slow, DrainEstimate.Of(shares, broadcast.Quiet, pool));
        var through = isSlow ? pool with { SegmentsPerSecond = measured!.Value } : pool;
        var estimate = isSlow ? DrainEstimate.Of(shares, broadcast.Quiet, through) : atRate;
        if (!DrainDelays.IsLong(estimate.CompletesAt, now))
        {
            return new(estimate.CompletesAt, estimate.Expiring, []);
        }

        List<(string, DrainEstimate)> others = isSlow ? [(DelayCause.Throughput, atRate)] : DrainDelays.OfPool(shares, broadcast.Quiet, pool);
        if (broadcast.Quiet is not null)
        {
            others.Add((DelayCause.QuietHours, DrainEstimate.Of(SharesOf(broadcast, left, hasRest, null, broadcast.SendOver is not null, through), null, through)));
        }

        if (broadcast.SendOver is not null)
        {
            others.Add((DelayCause.Spread, DrainEstimate.Of(SharesOf(broadcast, left, hasRest, broadcast.Quiet, false, through), broadcast.Quiet, through)));
        }

        if (broadcast.WaitsForCanary)
        {
            var decided = broadcast with { Canary = null, CanaryResult = null };
            others.Add((DelayCause.Canary, DrainEstimate.Of(SharesOf(decided, left, hasRest, broadcast.Quiet, true, through), broadcast.Quiet, through)));
        }

        return new(estimate.CompletesAt, estimate.Expiring, DrainDelays.Of(estimate, others, now));
    }

    private static DrainShares SharesOf(Broadcast broadcast, RemainingShares left, bool hasRest, QuietHours? quiet, bool isSpread, DrainPool pool)
    {
        var shares = left.Waiting(quiet, isSpread);
        if (hasRest)
        {
            left.AddRest(shares, quiet, isSpread, broadcast.WaitsForCanary ? RestFrom(broadcast, shares, quiet, pool) : pool.Now);
        }

        return shares;
    }

    // When the results of the first part are known.
    private static DateTimeOffset RestFrom(Broadcast broadcast, DrainShares first, QuietHours? quiet, DrainPool pool)
    {
        var handedOver = broadcast.CanaryResult!.HandedOverAt ?? (first.All.Count == 0 ? null : DrainEstimate.Of(first, quiet, pool).CompletesAt) ?? pool.Now;
        var decided = handedOver + broadcast.Canary!.For;
        return decided > pool.Now ? decided : pool.Now;
    }

    // Segments a second over the last minute, when all could have been sent in it; null: it says nothing.
    private static double? Measured(BroadcastProgress progress, DrainShares shares, double weight, DateTimeOffset now)
    {
        var at = progress.CountedAt ?? now;
        var since = at - BroadcastProgress.Lately;
        return progress.SentLately > 0 && progress.FirstSentAt <= since && shares.LastDue <= since ? progress.Rate(at) * weight : null;
    }

    private async Task<IReadOnlyList<DueRow>> SampleAsync(Broadcast broadcast, bool isPending, CancellationToken cancellation)
    {
        var shards = Shard.Of(broadcast.Id, broadcast.Shards).ToArray();
        var some = await ReadAsync(shards[..Math.Min(Shards, shards.Length)]);
        return some.Count > 0 || shards.Length <= Shards ? some : await ReadAsync(shards[Shards..]);

        async Task<IReadOnlyList<DueRow>> ReadAsync(Shard[] asked) =>
            [.. (await Task.WhenAll(asked.Select(shard => recipients.SampleAsync(shard, isPending, Math.Max(1, SampleSize / asked.Length), cancellation)))).SelectMany(rows => rows).Where(row => row.To.Length > 0)]; // of an erased person no time zone is known
    }
}

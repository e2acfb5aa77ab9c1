using BulkSms.Broadcasts;
using BulkSms.Queues;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// What stands before every call: the circuit breaker, then the rate limiter. A message that waits here holds no claim, but now and then renews its row: so the sweeper sees
/// that it is in living hands, and requeues at once what is in dead ones.
/// </summary>
public sealed class SendAdmission(
    SendLanes lanes, CrowdedLanes crowded, RecipientTable recipients, OutboundQueue outbound, SendMetrics metrics, IOptions<BroadcastOptions> options, TimeProvider time)
{
    /// <summary>How often a row is renewed before a send job goes back into the queue: far below host.json's functionTimeout.</summary>
    private const int Renewals = 6;

    private static readonly TimeSpan LongestRenewal = TimeSpan.FromSeconds(40);

    /// <summary>The sweeper takes a row for forgotten after <see cref="BroadcastOptions.RequeueAfter"/>; it is renewed before.</summary>
    private readonly TimeSpan renewEvery = options.Value.RequeueAfter * 0.75 < LongestRenewal ? options.Value.RequeueAfter * 0.75 : LongestRenewal;

    /// <summary>
    /// Waits for a pass; dispose it when the call is over. An outage, a low rate or a long Retry-After may keep the gate shut for longer than the host lets a function run: the
    /// send job then goes back into the queue.
    /// </summary>
    public async Task<Entry> EnterAsync(SendJob job, CancellationToken stopping)
    {
        var lane = lanes.Of(job.Profile);
        if (lane.Line is not { } line || job.High) // the trigger of high priority has places of its own
        {
            return await WaitAsync(lane, job, stopping);
        }

        if (!line.TryJoin(lane.Rate, lane.Circuit.State is not null))
        {
            return new(job, null, IsStale: !await crowded.SendBackAsync(lane, job, stopping));
        }

        try
        {
            return await WaitAsync(lane, job, stopping);
        }
        finally
        {
            line.Leave();
        }
    }

    private async Task<Entry> WaitAsync(SendLane lane, SendJob job, CancellationToken stopping)
    {
        var asked = time.GetTimestamp();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pass = EnterAsync(lane, job, giveUp.Token);
        try
        {
            for (var i = 0; i < Renewals; i++)
            {
                if (await IsReadyAsync(pass))
                {
                    return new(job, await pass, IsStale: false);
                }

                if (await RenewAsync(job, stopping) is not { } renewed)
                {
                    await LeaveAsync(pass, giveUp);
                    return new(job, null, IsStale: true);
                }

                job = renewed;
            }

            await LeaveAsync(pass, giveUp);
            await outbound.EnqueueAsync(job with { DueAt = null }, stopping);
            return new(job, null, IsStale: false);
        }
        catch
        {
            await LeaveAsync(pass, giveUp);
            throw;
        }
        finally
        {
            metrics.Waited(time.GetElapsedTime(asked));
        }
    }

    private static async Task<Pass> EnterAsync(SendLane lane, SendJob job, CancellationToken cancellation)
    {
        var turn = await lane.Circuit.EnterAsync(cancellation);
        try
        {
            return new(turn, await lane.Limiter.EnterAsync(job.Segments, cancellation, job.High));
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private async Task<bool> IsReadyAsync(Task<Pass> pass)
    {
        if (pass.IsCompleted)
        {
            return true;
        }

        try
        {
            await pass.WaitAsync(renewEvery, time);
            return true;
        }
        catch (TimeoutException)
        {
            return pass.IsCompleted; // it may have come at that very moment
        }
    }

    // Writes what is there: only the row's time, and its ETag, change.
    private async Task<SendJob?> RenewAsync(SendJob job, CancellationToken stopping) =>
        await recipients.TryApplyAsync(job.Row, new RecipientEvent.Renewed(), stopping) is { } renewed ? job with { RowETag = renewed.ETag.ToString() } : null;

    // A pass that comes at the very last moment is given back.
    private static async Task LeaveAsync(Task<Pass> pass, CancellationTokenSource giveUp)
    {
        await giveUp.CancelAsync();
        try
        {
            (await pass).ReturnPermits();
        }
        catch (OperationCanceledException)
        {
            // as it was told
        }
    }

    /// <summary>What came of waiting.</summary>
    /// <param name="Job">The send job as it is now: its row may have been renewed.</param>
    /// <param name="Pass">Null: nothing is to be sent for it now.</param>
    /// <param name="IsStale">The row has changed meanwhile: it decides. Else, without a pass, the send job is back in the queue.</param>
    public readonly record struct Entry(SendJob Job, Pass? Pass, bool IsStale);

    /// <summary>A place among the calls.</summary>
    public sealed class Pass(CircuitBreaker.Turn turn, SendRateLimiter.Lease lease) : IDisposable
    {
        /// <summary>Nothing is sent under it: the next may go at once.</summary>
        public void ReturnPermits()
        {
            lease.ReturnPermits();
            turn.Dispose();
        }

        public void Dispose()
        {
            lease.Dispose();
            turn.Dispose();
        }
    }
}

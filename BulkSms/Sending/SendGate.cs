using BulkSms.Common;
using BulkSms.Queues;
using BulkSms.Twilio;

namespace BulkSms.Sending;

/// <summary>
/// What stands before every call: the circuit breaker, then the rate limiter. A message that waits here holds no claim. What the provider answers is told to the circuit
/// breaker here as well.
/// </summary>
public sealed class SendGate(CircuitBreaker circuit, SendRateLimiter limiter, OutboundQueue outbound, SendMetrics metrics, TimeProvider time, Random random)
{
    /// <summary>How long a send job waits here: far below host.json's functionTimeout.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Waits for a pass; dispose it when the call is over. An outage, a low rate or a long Retry-After may keep the gate shut for longer than the host lets a function run: the
    /// send job then waits in the queue.
    /// </summary>
    /// <returns>Null: the send job is back in the queue.</returns>
    public async Task<Pass?> EnterAsync(SendJob job, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        var asked = time.GetTimestamp();
        CircuitBreaker.Turn? turn = null;
        try
        {
            turn = await circuit.EnterAsync(either.Token);
            return new(turn, await limiter.EnterAsync(job.Segments, either.Token));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            turn?.Dispose();
            var later = time.GetUtcNow() + (Patience * random.NextDouble());
            await outbound.EnqueueAsync(job with { DueAt = later }, stopping);
            return null;
        }
        catch
        {
            turn?.Dispose();
            throw;
        }
        finally
        {
            metrics.Waited(time.GetElapsedTime(asked));
        }
    }

    /// <summary>Makes a call; the circuit breaker hears what came of it.</summary>
    public Task<SendOutcome> CallAsync(Func<Task<SendOutcome>> call) => circuit.CallAsync(call);

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

using System.Diagnostics.Metrics;
using BulkSms.Telemetry;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// What one instance lets through to Twilio: so many calls in flight, so many segments a second, nothing while Twilio asks for a pause. It stands
/// before the claim: who waits here holds nothing that could grow stale.
/// </summary>
public sealed class SendRateLimiter : IDisposable
{
    /// <summary>How much of the past's unused rate may be spent at once: no more than a timer's inexactness calls for.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly SendingOptions options;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim slots;
    private readonly SemaphoreSlim turn = new(1); // one waits for the rate, the others wait for it: first come, first served
    private readonly SegmentRate rate;
    private readonly Lock @lock = new();
    private readonly long start; // monotonic: a wall clock that is set must neither stall nor flood
    private TimeSpan nextFree = -Burst;
    private CancellationTokenSource? sleep; // of the one who waits for the rate
    private TimeSpan pausedUntil;

    /// <summary>A gate that is open.</summary>
    /// <param name="options">The highest rate and concurrency.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Where the gauges <c>bulksms.gate.rate</c> and <c>bulksms.gate.in_flight</c> go; null: nowhere.</param>
    public SendRateLimiter(IOptions<SendingOptions> options, TimeProvider time, IMeterFactory? meters = null)
    {
        (this.options, this.time) = (options.Value, time);
        slots = new(this.options.MaxConcurrency);
        rate = new(this.options.SegmentsPerSecond, this.options.RateRecovery);
        start = time.GetTimestamp();
        var meter = meters?.Create(BulkSmsTelemetry.Name);
        meter?.CreateObservableGauge("bulksms.gate.rate", () => SegmentsPerSecond, "{segment}/s", "Segments a second that may pass to Twilio now");
        meter?.CreateObservableGauge("bulksms.gate.in_flight", () => InFlight, "{call}", "Calls to Twilio in flight");
    }

    /// <summary>Segments a second that may pass now.</summary>
    public double SegmentsPerSecond
    {
        get
        {
            lock (@lock)
            {
                return rate.At(time.GetElapsedTime(start));
            }
        }
    }

    /// <summary>Passes held now.</summary>
    public int InFlight => options.MaxConcurrency - slots.CurrentCount;

    /// <summary>Waits for a place; dispose the pass when the call is over.</summary>
    /// <param name="segments">What the message weighs.</param>
    /// <param name="cancellation">Gives up waiting; nothing has begun then.</param>
    public async Task<Lease> EnterAsync(int segments, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        try
        {
            return new(this, await WaitForRateAsync(segments, cancellation));
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    private async Task<TimeSpan> WaitForRateAsync(int segments, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            TimeSpan wait, taken;
            while ((wait = Take(segments, out taken)) > TimeSpan.Zero)
            {
                await SleepAsync(AtLeastOneTick(wait), cancellation);
            }

            return taken;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task SleepAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Sleep(woken);
        try
        {
            await Task.Delay(wait, time, woken.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // permits that this one waits for were returned
        }
        finally
        {
            Sleep(null);
        }
    }

    private void Sleep(CancellationTokenSource? woken)
    {
        lock (@lock)
        {
            sleep = woken;
        }
    }

    // Timers count whole milliseconds and take less for "at once": waiting would spin. What is overslept the burst makes up for.
    private static TimeSpan AtLeastOneTick(TimeSpan wait) => wait > Tick ? wait : Tick;

    /// <summary>Halves the rate, which then recovers slowly: Twilio said 429.</summary>
    public void SlowDown()
    {
        lock (@lock)
        {
            rate.Halve(time.GetElapsedTime(start));
        }
    }

    /// <summary>Lets nothing through for a while: Twilio said 429. A shorter pause never ends a longer one.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (@lock)
        {
            var until = time.GetElapsedTime(start) + duration;
            pausedUntil = until > pausedUntil ? until : pausedUntil;
        }
    }

    // Zero: taken, for so much of the rate's time. It is taken only when it can be used at once, so that a pause that comes meanwhile holds for all that wait.
    private TimeSpan Take(int segments, out TimeSpan taken)
    {
        taken = TimeSpan.Zero;
        lock (@lock)
        {
            var now = time.GetElapsedTime(start);
            if (pausedUntil > now)
            {
                return pausedUntil - now;
            }

            nextFree = nextFree > now - Burst ? nextFree : now - Burst;
            if (nextFree > now)
            {
                return nextFree - now;
            }

            taken = TimeSpan.FromSeconds(segments / rate.At(now));
            nextFree += taken;
            return TimeSpan.Zero;
        }
    }

    private void ReturnPermits(TimeSpan taken)
    {
        lock (@lock)
        {
            nextFree -= taken;
            _ = sleep?.CancelAsync(); // who is woken does not go on within this lock
        }
    }

    public void Dispose()
    {
        slots.Dispose();
        turn.Dispose();
    }

    /// <summary>A place among the calls in flight.</summary>
    /// <param name="gate">Where it is from.</param>
    /// <param name="taken">How much of the rate's time it has taken.</param>
    public sealed class Lease(SendRateLimiter gate, TimeSpan taken) : IDisposable
    {
        private SemaphoreSlim? held = gate.slots;

        /// <summary>Nothing is sent under it: the next may go at once. A queue full of stale send jobs would else slow down those that count.</summary>
        public void ReturnPermits()
        {
            gate.ReturnPermits(taken);
            Dispose();
        }

        public void Dispose()
        {
            try
            {
                Interlocked.Exchange(ref held, null)?.Release();
            }
            catch (ObjectDisposedException)
            {
                // the app is gone, and what the call came to is still to be recorded
            }
        }
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// What one instance lets through to Twilio: so many calls in flight, so many segments a second, nothing while Twilio asks for a pause. It stands
/// before the claim: who waits here holds nothing that could grow stale.
/// </summary>
public sealed class SendGate : IDisposable
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
    private TimeSpan pausedUntil;

    /// <summary>A gate that is open.</summary>
    /// <param name="options">The highest rate and concurrency.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Where the gauges <c>bulksms.gate.rate</c> and <c>bulksms.gate.in_flight</c> go; null: nowhere.</param>
    public SendGate(IOptions<SendingOptions> options, TimeProvider time, IMeterFactory? meters = null)
    {
        (this.options, this.time) = (options.Value, time);
        slots = new(this.options.MaxConcurrency);
        rate = new(this.options.SegmentsPerSecond);
        start = time.GetTimestamp();
        var meter = meters?.Create("BulkSms");
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
    public async Task<Pass> EnterAsync(int segments, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        try
        {
            await WaitForRateAsync(segments, cancellation);
            return new(slots);
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    private async Task WaitForRateAsync(int segments, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            TimeSpan wait;
            while ((wait = Take(segments)) > TimeSpan.Zero)
            {
                await Task.Delay(AtLeastOneTick(wait), time, cancellation);
            }
        }
        finally
        {
            turn.Release();
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

    // Zero: taken. It is taken only when it can be used at once, so that a pause that comes meanwhile holds for everybody who waits.
    private TimeSpan Take(int segments)
    {
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

            nextFree += TimeSpan.FromSeconds(segments / rate.At(now));
            return TimeSpan.Zero;
        }
    }

    public void Dispose()
    {
        slots.Dispose();
        turn.Dispose();
    }

    /// <summary>A place among the calls in flight.</summary>
    public sealed class Pass(SemaphoreSlim slots) : IDisposable
    {
        private SemaphoreSlim? held = slots;

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

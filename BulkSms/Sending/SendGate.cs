using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// What one instance lets through to Twilio: so many calls in flight, so many segments a second, nothing while Twilio asks for a pause. It stands
/// before the claim: who waits here holds nothing that could grow stale.
/// </summary>
public sealed class SendGate(IOptions<SendingOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>How much of the past's unused rate may be spent at once: no more than a timer's inexactness calls for.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly SemaphoreSlim slots = new(options.Value.MaxConcurrency);
    private readonly SemaphoreSlim turn = new(1); // one waits for the rate, the others wait for it: first come, first served
    private readonly double segmentsPerSecond = options.Value.SegmentsPerSecond;
    private readonly Lock @lock = new();
    private readonly long start = time.GetTimestamp(); // monotonic: a wall clock that is set must neither stall nor flood
    private TimeSpan nextFree = -Burst;
    private TimeSpan pausedUntil;

    /// <summary>Segments a second that may pass.</summary>
    public double SegmentsPerSecond => segmentsPerSecond;

    /// <summary>Passes held now.</summary>
    public int InFlight => options.Value.MaxConcurrency - slots.CurrentCount;

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

            nextFree += TimeSpan.FromSeconds(segments / segmentsPerSecond);
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

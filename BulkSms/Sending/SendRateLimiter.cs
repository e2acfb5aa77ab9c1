using System.Diagnostics.Metrics;
using BulkSms.Common;
using BulkSms.Profiles;
using BulkSms.Sending.Pool;
using BulkSms.Telemetry;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// What one instance lets through to Twilio: so many calls in flight, its share of the segments a second, nothing while Twilio asks for a pause. It stands before the claim: who waits
/// here holds nothing that could grow stale. What was claimed is counted once more where it is handed over: claims that storage delayed must not come to Twilio all at once.
/// </summary>
public sealed class SendRateLimiter : IShareUser, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>How often a call whose turn does not come looks at its deadline.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly SendingOptions options;
    private readonly ShareKeeper? pool;
    private readonly SendTurns turns; // one waits for the rate, the others wait for it
    private readonly SemaphoreSlim handingOver = new(1);
    private readonly Sleep sleep; // of the one who waits for the rate
    private readonly Sleep handOverSleep;
    private readonly LocalRate rate;
    private readonly long[] waiting = new long[2]; // segments that wait for the rate, or are claimed and wait to be handed over: normal, high
    private long claimed; // segments that wait to be handed over

    /// <summary>A gate that is open.</summary>
    /// <param name="options">The rate of all instances, and the concurrency of this one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Where its gauges go; null: nowhere.</param>
    /// <param name="pool">Who renews the share; null: there is no other instance.</param>
    /// <param name="profile">Whose messages go through it.</param>
    public SendRateLimiter(IOptions<SendingOptions> options, TimeProvider time, IMeterFactory? meters = null, ShareKeeper? pool = null, string profile = Profile.DefaultName)
    {
        (this.options, this.pool) = (options.Value, pool);
        turns = new(this.options.MaxConcurrency);
        rate = new(this.options, time, isShared: pool is not null);
        (sleep, handOverSleep) = (new(time), new(time));
        pool?.Serve(this);
        var (meter, tag) = (meters?.Create(BulkSmsTelemetry.Name), KeyValuePair.Create<string, object?>("profile", profile));
        meter?.CreateObservableGauge("bulksms.gate.rate", () => new Measurement<double>(SegmentsPerSecond, tag), "{segment}/s", "Segments a second that all instances may hand to Twilio now, by profile");
        meter?.CreateObservableGauge("bulksms.pool.share", () => new Measurement<double>(Share, tag), "{segment}/s", "Of them, what this instance may hand to Twilio now; 0 while it has nothing to send");
        meter?.CreateObservableGauge("bulksms.gate.in_flight", () => new Measurement<int>(InFlight, tag), "{call}", "Calls to Twilio in flight, by profile");
    }

    /// <summary>Segments a second of all instances that may pass now: the rate, less what Twilio's refusals have taken of it.</summary>
    public double SegmentsPerSecond => rate.OfAll;

    /// <summary>Of them, this instance's.</summary>
    public double Share => rate.Share;

    /// <summary>Passes held now.</summary>
    public int InFlight => turns.Taken;

    /// <summary>Waits for a place; dispose the pass when the call is over.</summary>
    /// <param name="segments">What the message weighs.</param>
    /// <param name="cancellation">Gives up waiting; nothing has begun then.</param>
    /// <param name="isHigh">Its priority: see <see cref="SendTurns"/>.</param>
    public async Task<Lease> EnterAsync(int segments, CancellationToken cancellation, bool isHigh = false)
    {
        Interlocked.Add(ref Waiting(isHigh), segments);
        try
        {
            pool?.Want();
            await turns.EnterAsync(isHigh, segments, cancellation);
            await WaitForRateAsync(segments, cancellation);
            return new(this, segments);
        }
        finally
        {
            Interlocked.Add(ref Waiting(isHigh), -segments);
        }
    }

    /// <summary>Waits until a message that is claimed may be handed over: not at all, as a rule.</summary>
    /// <param name="segments">What it weighs.</param>
    /// <param name="deadline">Until when that makes sense.</param>
    /// <param name="isHigh">Its priority.</param>
    /// <returns>Until when the call may begin; null: its turn did not come in time.</returns>
    public async Task<Deadline?> HandOverAsync(int segments, Deadline deadline, bool isHigh = false)
    {
        Interlocked.Add(ref claimed, segments);
        Interlocked.Add(ref Waiting(isHigh), segments);
        await handingOver.WaitAsync();
        try
        {
            while (!deadline.HasPassed)
            {
                var seen = handOverSleep.Wakes;
                var (wait, until) = rate.TryHandOver(segments, isHigh);
                if (wait == TimeSpan.Zero)
                {
                    return until is null ? deadline : deadline.And(until);
                }

                pool?.Want();
                await handOverSleep.ForAsync(wait is { } known && known < Glance ? AtLeastOneTick(known) : Glance, seen, CancellationToken.None);
            }

            return null;
        }
        finally
        {
            handingOver.Release();
            Interlocked.Add(ref claimed, -segments);
            Interlocked.Add(ref Waiting(isHigh), -segments);
        }
    }

    /// <summary>Halves the rate of all instances, which then recovers slowly: Twilio said 429.</summary>
    public void SlowDown() => rate.SlowDown();

    /// <summary>Lets nothing through for a while: Twilio said 429. A shorter pause never ends a longer one.</summary>
    public void Pause(TimeSpan duration) => rate.Pause(duration);

    ShareUse IShareUser.Ask() => rate.Ask(Interlocked.Read(ref Waiting(true)), Interlocked.Read(ref Waiting(false)));

    void IShareUser.Use(PoolMember? member, Deadline? lease)
    {
        rate.Use(member, lease);
        sleep.Wake();
        handOverSleep.Wake();
    }

    private ref long Waiting(bool isHigh) => ref waiting[isHigh ? 1 : 0];

    private async Task WaitForRateAsync(int segments, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var seen = sleep.Wakes;
                var wait = rate.TryEnter(segments, handingOver.CurrentCount == 0 ? Interlocked.Read(ref claimed) : 0);
                if (wait == TimeSpan.Zero)
                {
                    return;
                }

                await sleep.ForAsync(wait is { } known ? AtLeastOneTick(known) : null, seen, cancellation);
            }
        }
        catch
        {
            turns.Leave();
            throw;
        }
        finally
        {
            turns.Pass();
        }
    }

    // Timers count whole milliseconds and take less for "at once": waiting would spin. What is overslept the burst makes up for.
    private static TimeSpan AtLeastOneTick(TimeSpan wait) => wait > Tick ? wait : Tick;

    private void ReturnPermits(int segments)
    {
        rate.Return(segments);
        sleep.Wake();
    }

    public void Dispose() => handingOver.Dispose();

    /// <summary>A place among the calls in flight.</summary>
    /// <param name="gate">Where it is from.</param>
    /// <param name="segments">How much of the rate it has taken.</param>
    public sealed class Lease(SendRateLimiter gate, int segments) : IDisposable
    {
        private SendTurns? held = gate.turns;

        /// <summary>Nothing is sent under it: the next may go at once. A queue full of stale send jobs would else slow down those that count.</summary>
        public void ReturnPermits()
        {
            gate.ReturnPermits(segments);
            Dispose();
        }

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Leave();
    }
}

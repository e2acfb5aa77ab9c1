using System.Collections.Concurrent;
using BulkSms.Outbox;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>
/// Bounds the calls to each endpoint in flight on this instance, so that a slow one does not take the places of the others; and leaves one alone that fails time and again, but for one call after each
/// break.
/// </summary>
public sealed class EndpointLimits(IOptions<EventOptions> options, TimeProvider time, Random random)
{
    /// <summary>Failures in a row after which an endpoint is left alone.</summary>
    private const int MostFailures = 5;

    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, State> states = new(StringComparer.Ordinal);

    /// <summary>Takes a place for one call.</summary>
    /// <returns>Null: there is none now; <see cref="WaitOf"/> says when to try again.</returns>
    public Place? TryEnter(string endpoint)
    {
        var state = states.GetOrAdd(endpoint, _ => new());
        lock (state)
        {
            var isOpen = state.Failures >= MostFailures;
            if (state.InFlight >= (isOpen ? 1 : options.Value.CallsPerEndpoint) || (isOpen && state.OpenUntil > time.GetUtcNow()))
            {
                return null;
            }

            state.InFlight++;
            return new(this, state);
        }
    }

    /// <summary>How long a delivery waits that found no place.</summary>
    public TimeSpan WaitOf(string endpoint)
    {
        var state = states.GetOrAdd(endpoint, _ => new());
        lock (state)
        {
            var left = state.OpenUntil - time.GetUtcNow();
            return (left > TimeSpan.Zero ? left : TimeSpan.Zero) + (BusyFor * (0.2 + random.NextDouble()));
        }
    }

    private void Leave(State state, bool? hasFailed)
    {
        lock (state)
        {
            state.InFlight--;
            if (hasFailed is not { } failed)
            {
                return;
            }

            state.Failures = failed ? state.Failures + 1 : 0;
            if (state.Failures >= MostFailures)
            {
                var pause = FirstBreak * Math.Pow(2, Math.Min(state.Failures - MostFailures, 10));
                state.OpenUntil = time.GetUtcNow() + (pause < LongestBreak ? pause : LongestBreak);
            }
        }
    }

    private sealed class State
    {
        public int InFlight { get; set; }

        public int Failures { get; set; }

        public DateTimeOffset OpenUntil { get; set; }
    }

    /// <summary>A place for one call. It is left when it is disposed of.</summary>
    public sealed class Place : IDisposable
    {
        private readonly EndpointLimits limits;
        private readonly State state;
        private bool? hasFailed;

        internal Place(EndpointLimits limits, object state) => (this.limits, this.state) = (limits, (State)state);

        /// <summary>Says what came of the call.</summary>
        public void Ended(bool failed) => hasFailed = failed;

        public void Dispose() => limits.Leave(state, hasFailed);
    }
}

using System.Diagnostics.Metrics;
using BulkSms.Profiles;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace BulkSms.Sending;

/// <summary>
/// Stops this instance's calls while the provider is away. It stands before the rate limiter. When half of the calls of half a minute failed as an outage does, it opens: the
/// messages wait. After a break one of them goes, as a probe; while probes fail, the breaks become longer.
/// </summary>
public sealed partial class CircuitBreaker
{
    /// <summary>Share of calls that fail before it opens, the least number of calls that say anything, and how far it looks back.</summary>
    private const double FailureRatio = 0.5;
    private const int LeastCalls = 20;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);

    /// <summary>The first break is this part of the longest.</summary>
    private const int FirstBreakPart = 12;

    private readonly TimeProvider time;
    private readonly CircuitReport report;
    private readonly string profile;
    private readonly ILogger<CircuitBreaker> logger;
    private readonly TimeSpan longestBreak;
    private readonly CircuitBreakerStateProvider polly = new();
    private readonly ResiliencePipeline<SendOutcome> pipeline;
    private readonly Lock @lock = new();
    private Open? open; // null: closed
    private TaskCompletionSource? probing;

    /// <param name="options">How long it is open at most.</param>
    /// <param name="report">Tells others of it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Where its gauge goes.</param>
    /// <param name="logger">Where it is told.</param>
    /// <param name="profile">Whose calls it stops.</param>
    public CircuitBreaker(
        IOptions<SendingOptions> options, CircuitReport report, TimeProvider time, IMeterFactory meters, ILogger<CircuitBreaker> logger, string profile = Profile.DefaultName)
    {
        (this.time, this.report, this.logger, this.profile, longestBreak) = (time, report, logger, profile, options.Value.CircuitBreak);
        pipeline = new ResiliencePipelineBuilder<SendOutcome> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendOutcome>
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = LeastCalls,
                SamplingDuration = Sampling,
                BreakDurationGenerator = args => ValueTask.FromResult(BreakAfter(args.HalfOpenAttempts)),
                ShouldHandle = args => ValueTask.FromResult(IsFailure(args.Outcome.Result)),
                StateProvider = polly,
                OnOpened = args => Opened(args.Outcome.Result, args.BreakDuration),
                OnClosed = _ => Closed(),
            })
            .Build();
        var tag = KeyValuePair.Create<string, object?>("profile", profile);
        meters.Create(BulkSmsTelemetry.Name).CreateObservableGauge(
            "bulksms.circuit.open", () => new Measurement<int>(Volatile.Read(ref open) is null ? 0 : 1, tag), "{instance}", "1 while the circuit breaker stops the calls to Twilio, by profile");
    }

    /// <summary>What is shown of it while it is open.</summary>
    /// <param name="Since">When it opened.</param>
    /// <param name="NextProbeAt">When the next message goes, as a probe.</param>
    /// <param name="Reason">What the last call failed with.</param>
    public sealed record Open(DateTimeOffset Since, DateTimeOffset NextProbeAt, string Reason);

    /// <summary>How it is; null: closed.</summary>
    public Open? State => Volatile.Read(ref open);

    /// <summary>Waits until a call may be made: not at all while it is closed; while it is open for a probe's turn, or for what came of one.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<Turn> EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (@lock)
            {
                if (open is null)
                {
                    return new(null);
                }

                var left = open.NextProbeAt - time.GetUtcNow();
                if (left <= TimeSpan.Zero && probing is null)
                {
                    probing = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    return new(this);
                }

                wait = probing?.Task ?? Task.Delay(left, time, cancellation);
            }

            await wait.WaitAsync(cancellation);
        }
    }

    /// <summary>Makes a call, unless it has opened meanwhile: then the call is not started.</summary>
    public async Task<SendOutcome> CallAsync(Func<Task<SendOutcome>> call)
    {
        try
        {
            return await pipeline.ExecuteAsync(static async (make, _) => await make(), call, CancellationToken.None);
        }
        catch (BrokenCircuitException e)
        {
            Postpone(e.RetryAfter);
            return new SendOutcome.NotStarted("the provider is away, and calls are stopped");
        }
    }

    // A probe that made no call has learned nothing, and must not close the circuit.
    private bool IsFailure(SendOutcome? outcome) => outcome switch
    {
        SendOutcome.Unconfirmed or SendOutcome.Retry { Cause: RetryCause.Outage } => true,
        SendOutcome.NotStarted => polly.CircuitState is CircuitState.HalfOpen,
        _ => false,
    };

    private TimeSpan BreakAfter(int failedProbes) => longestBreak * Math.Min(1, Math.Pow(2, Math.Min(failedProbes, 10)) / FirstBreakPart);

    private ValueTask Opened(SendOutcome? outcome, TimeSpan pause)
    {
        var reason = outcome switch
        {
            SendOutcome.Unconfirmed unconfirmed => unconfirmed.Reason,
            SendOutcome.Retry retry => retry.Reason,
            _ => "the last probe could not be made",
        };
        lock (@lock)
        {
            var now = time.GetUtcNow();
            Volatile.Write(ref open, new(open?.Since ?? now, now + pause, reason));
        }

        Log.Opened(logger, profile, reason, pause.TotalSeconds);
        report.Tell(() => State, profile);
        return ValueTask.CompletedTask;
    }

    private ValueTask Closed()
    {
        lock (@lock)
        {
            Volatile.Write(ref open, null);
        }

        Log.Closed(logger, profile);
        report.Tell(() => State, profile);
        return ValueTask.CompletedTask;
    }

    private void Postpone(TimeSpan? after)
    {
        lock (@lock)
        {
            if (open is not null && time.GetUtcNow() + (after ?? TimeSpan.Zero) is var next && next > open.NextProbeAt)
            {
                Volatile.Write(ref open, open with { NextProbeAt = next });
            }
        }
    }

    private void EndTurn()
    {
        lock (@lock)
        {
            probing?.SetResult();
            probing = null;
        }
    }

    /// <summary>The right to make a call. Dispose it when the call is over, or is not made after all: then the next waiting message is the probe.</summary>
    /// <param name="probed">The circuit breaker that is probed; null: it is closed.</param>
    public sealed class Turn(CircuitBreaker? probed) : IDisposable
    {
        private CircuitBreaker? held = probed;

        public bool IsProbe => held is not null;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.EndTurn();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2402, Level = LogLevel.Error, Message = "The circuit breaker of the profile {Profile} is open: {Reason}. Nothing is sent for {Seconds} s, then one message probes; the messages are kept")]
        public static partial void Opened(ILogger logger, string profile, string reason, double seconds);

        [LoggerMessage(EventId = 2403, Level = LogLevel.Warning, Message = "The circuit breaker of the profile {Profile} is closed: the provider answers again")]
        public static partial void Closed(ILogger logger, string profile);
    }
}

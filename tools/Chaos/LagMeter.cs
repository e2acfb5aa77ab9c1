using System.Collections.Concurrent;

namespace BulkSms.Chaos;

/// <summary>How late this process runs what is due: on a machine that is shared, by so much later is everything seen.</summary>
public sealed class LagMeter : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource stop = new();
    private readonly TimeProvider time;
    private readonly Task running;
    private readonly ConcurrentQueue<Lag> late = [];

    public LagMeter(TimeProvider time)
    {
        this.time = time;
        running = Task.Run(RunAsync);
    }

    /// <summary>Each time that it was late by more than a beat.</summary>
    public IReadOnlyList<Lag> All => [.. late];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            await Task.Delay(Beat, time);
            var lag = time.GetElapsedTime(begun) - Beat;
            if (lag > Beat)
            {
                late.Enqueue(new(time.GetUtcNow(), lag));
            }
        }
    }
}

/// <summary>A delay of this process.</summary>
/// <param name="At">When it ended.</param>
/// <param name="By">How long it was.</param>
public sealed record Lag(DateTimeOffset At, TimeSpan By);

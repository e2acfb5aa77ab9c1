namespace BulkSms.Chaos;

/// <summary>How late this process runs what is due, at worst: on a machine that is shared, by so much later is everything seen.</summary>
public sealed class LagMeter : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource stop = new();
    private readonly TimeProvider time;
    private readonly Task running;
    private long worst;

    public LagMeter(TimeProvider time)
    {
        this.time = time;
        running = Task.Run(RunAsync);
    }

    public TimeSpan Worst => TimeSpan.FromTicks(Interlocked.Read(ref worst));

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
            Interlocked.Exchange(ref worst, Math.Max(worst, lag.Ticks));
        }
    }
}

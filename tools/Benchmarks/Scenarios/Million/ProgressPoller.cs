using System.Diagnostics;
using BulkSms.Benchmarks.Report;

namespace BulkSms.Benchmarks.Scenarios.Million;

/// <summary>Asks for one thing once a second, such as a broadcast's progress, as a caller does who watches it.</summary>
/// <param name="client">Of whom.</param>
/// <param name="what">What it is called.</param>
/// <param name="path">Where it is.</param>
internal sealed class ProgressPoller(HttpClient client, string what, string path) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock @lock = new();
    private readonly List<float> taken = [];
    private Task work = Task.CompletedTask;
    private long begun = Stopwatch.GetTimestamp();

    public ProgressPoller Start()
    {
        work = Task.Run(RunAsync);
        return this;
    }

    /// <summary>What the answers took since it was asked last.</summary>
    public Measurement Take(string phase)
    {
        lock (@lock)
        {
            var all = taken.ToArray();
            taken.Clear();
            var elapsed = Stopwatch.GetElapsedTime(begun);
            begun = Stopwatch.GetTimestamp();
            return new(FormattableString.Invariant($"{what}, once a second, {phase}; the longest {all.DefaultIfEmpty().Max():0} ms"), "request", all.Length, elapsed, all, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            answer.EnsureSuccessStatusCode();
            var took = Stopwatch.GetElapsedTime(asked);
            lock (@lock)
            {
                taken.Add((float)took.TotalMilliseconds);
            }

            await Task.Delay(took < Pause ? Pause - took : TimeSpan.Zero, TimeProvider.System, stop.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}

using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Sending;

/// <summary>A clock that moves only when the test says so, and tells of every wait that begins on it.</summary>
internal sealed class LimiterClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next wait that begins.</summary>
    public Task<TimeSpan> WaitBegunAsync() => waits.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();

    /// <summary>Lets a task's waits pass one after the other, each for exactly as long as it asked.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            var begun = waits.Reader.WaitToReadAsync(TestContext.Current.CancellationToken).AsTask();
            await Task.WhenAny(task, begun).Soon();
            while (waits.Reader.TryRead(out var wait))
            {
                await Task.Run(() => Advance(wait)).Soon(); // what waited goes on within Advance
            }
        }

        return await task;
    }
}

internal static class SoonExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Real time, but only where a test has failed already.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}

namespace BulkSms.Storage;

/// <summary>Reads for all callers at once: each gets a reading that began after the question, and at most one is in flight.</summary>
/// <param name="read">The reading.</param>
/// <typeparam name="T">What is read.</typeparam>
public sealed class SharedReading<T>(Func<Task<T>> read)
{
    private readonly Lock @lock = new();
    private TaskCompletionSource<T>? running;
    private TaskCompletionSource<T>? next;

    /// <summary>A reading that begins now or later.</summary>
    public Task<T> ReadAsync()
    {
        lock (@lock)
        {
            if (running is null)
            {
                var begun = running = New();
                _ = RunAsync(begun); // may have ended when it returns
                return begun.Task;
            }

            next ??= New(); // the running one began before the question
            return next.Task;
        }
    }

    private async Task RunAsync(TaskCompletionSource<T> reading)
    {
        try
        {
            var result = await read();
            Ended();
            reading.TrySetResult(result);
        }
        catch (Exception e)
        {
            Ended();
            reading.TrySetException(e);
        }
    }

    private void Ended()
    {
        lock (@lock)
        {
            (running, next) = (next, null);
            if (running is not null)
            {
                _ = RunAsync(running);
            }
        }
    }

    private static TaskCompletionSource<T> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

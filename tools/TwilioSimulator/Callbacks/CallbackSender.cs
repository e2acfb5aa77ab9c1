using System.Threading.Channels;

namespace BulkSms.TwilioSimulator;

/// <summary>A few workers that post callbacks. A batch is sent one after the other, so that its order holds.</summary>
internal sealed class CallbackSender : IAsyncDisposable
{
    private const int Workers = 16;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);

    private readonly WebhookClient _client;
    private readonly Schedule _schedule;
    private readonly PendingWork _pending;
    private readonly Channel<IReadOnlyList<StatusCallback>> _batches = Channel.CreateUnbounded<IReadOnlyList<StatusCallback>>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _workers;
    private long _delivered;
    private long _abandoned;

    public CallbackSender(WebhookClient client, Schedule schedule, PendingWork pending)
    {
        (_client, _schedule, _pending) = (client, schedule, pending);
        _workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Callbacks that were answered with 2xx or 3xx.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Callbacks that failed for good.</summary>
    public long Abandoned => Interlocked.Read(ref _abandoned);

    public void Enqueue(IReadOnlyList<StatusCallback> batch)
    {
        _pending.Begin();
        if (!_batches.Writer.TryWrite(batch))
        {
            _pending.End();
        }
    }

    public async Task SendAsync(StatusCallback callback)
    {
        var result = await _client.PostAsync(
            callback.Url, callback.Form(), callback.IdempotencyToken, callback.Overrides.ReadTimeout, _stop.Token);
        if (result.Failure is null)
        {
            Interlocked.Increment(ref _delivered);
        }
        else if (callback.Overrides.Retry(result, callback.Attempt))
        {
            var again = callback with { Attempt = callback.Attempt + 1 };
            _schedule.After(FirstRetry * (1 << callback.Attempt), () => Enqueue([again]));
        }
        else
        {
            Interlocked.Increment(ref _abandoned);
        }
    }

    public void Clear()
    {
        while (_batches.Reader.TryRead(out _))
        {
            _pending.End();
        }

        Interlocked.Exchange(ref _delivered, 0);
        Interlocked.Exchange(ref _abandoned, 0);
    }

    public async ValueTask DisposeAsync()
    {
        _batches.Writer.TryComplete();
        Clear(); // what is still waiting is dropped
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        _stop.Dispose();
    }

    // A worker ends when the writer is complete. The token would end it by an exception, and sixteen exceptions cost more than the rest of a stop.
    private async Task WorkAsync()
    {
        try
        {
            await foreach (var batch in _batches.Reader.ReadAllAsync())
            {
                await SendAllAsync(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // stopping: what was being posted is dropped too
        }
    }

    private async Task SendAllAsync(IReadOnlyList<StatusCallback> batch)
    {
        try
        {
            foreach (var callback in batch)
            {
                await SendAsync(callback);
            }
        }
        finally
        {
            _pending.End();
        }
    }
}

using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Storage.Calls;

namespace BulkSms.LocalHost.Pump;

/// <summary>A received message that is kept hidden while it is handled. Each renewal changes its pop receipt: this keeps the current one.</summary>
public sealed class MessageHold : IAsyncDisposable
{
    private readonly QueueClient queue;
    private readonly QueueCalls calls;
    private readonly string id;
    private readonly TimeSpan invisibility;
    private readonly SemaphoreSlim one = new(1);
    private readonly ITimer renewal;
    private string popReceipt;
    private bool ended;

    public MessageHold(QueueClient queue, QueueCalls calls, QueueMessage message, TimeSpan invisibility, TimeProvider time)
    {
        (this.queue, this.calls) = (queue, calls);
        this.invisibility = invisibility;
        (id, popReceipt) = (message.MessageId, message.PopReceipt);
        renewal = time.CreateTimer(_ => _ = RenewAsync(), null, invisibility / 2, invisibility / 2);
    }

    public Task DeleteAsync() => EndAsync(() => calls.DeleteAsync(id, popReceipt, CancellationToken.None));

    /// <summary>Gives it back, to be delivered again after a while.</summary>
    public Task ReleaseAsync(TimeSpan after) => EndAsync(() => queue.UpdateMessageAsync(id, popReceipt, visibilityTimeout: after));

    public async ValueTask DisposeAsync()
    {
        await renewal.DisposeAsync();
        await one.WaitAsync(); // a renewal under way ends first
        one.Dispose();
    }

    private async Task EndAsync(Func<Task> end)
    {
        await one.WaitAsync();
        try
        {
            ended = true;
            await end();
        }
        finally
        {
            one.Release();
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            await one.WaitAsync();
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        try
        {
            if (!ended)
            {
                popReceipt = (await queue.UpdateMessageAsync(id, popReceipt, visibilityTimeout: invisibility)).Value.PopReceipt;
            }
        }
        catch (Exception)
        {
            // the message comes back early and is delivered twice: the row's ETag bears that
        }
        finally
        {
            one.Release();
        }
    }
}

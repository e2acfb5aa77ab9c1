using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Storage;
using BulkSms.Storage.Calls;

namespace BulkSms.LocalHost.Pump;

/// <summary>
/// A queue trigger with the Functions host's semantics: batchSize and newBatchThreshold, a long invisibility that is renewed while a message is
/// handled, visibilityTimeout after a failure, and after maxDequeueCount a copy of the body alone in the poison queue: after a failure, or, when its
/// hosts died of it, without another call.
/// </summary>
/// <param name="queue">The queue, read without decoding: what is not Base64 must reach the poison queue as it is.</param>
/// <param name="poison">Its poison queue; null: what fails there stays hidden for its invisibility and comes again, for ever.</param>
/// <param name="calls">Deletes what was handled.</param>
/// <param name="handle">What the trigger calls.</param>
/// <param name="settings">host.json's settings.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are told.</param>
public sealed partial class QueuePump(
    QueueClient queue,
    QueueClient? poison,
    QueueCalls calls,
    Func<QueueMessage, CancellationToken, Task> handle,
    HostQueueSettings settings,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan FirstPollingInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseWhenAway = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Task, bool> running = [];
    private TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Pumps until told to stop; ends when every message that was being handled is deleted or released.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = FirstPollingInterval;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await RoomAsync(stopping);
                var messages = await ReceiveAsync(stopping);
                foreach (var message in messages)
                {
                    Start(message, stopping);
                }

                if (messages.Length == 0)
                {
                    await Task.Delay(pause, time, stopping);
                    pause = pause * 2 < settings.MaxPollingInterval ? pause * 2 : settings.MaxPollingInterval;
                }
                else
                {
                    pause = FirstPollingInterval;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
        }

        await Task.WhenAll(running.Keys);
    }

    // Not cancelled: a reply that is dropped has hidden its messages for ten minutes.
    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(settings.BatchSize, settings.Invisibility, CancellationToken.None)).Value;
        }
        catch (Exception e) when (e.IsUnavailable() || e is RequestFailedException { Status: 404 })
        {
            Log.StorageAway(logger, queue.Name, e.GetType().Name);
            await Task.Delay(PauseWhenAway, time, stopping);
            return [];
        }
    }

    private async Task RoomAsync(CancellationToken stopping)
    {
        while (running.Count > settings.Threshold)
        {
            var next = Volatile.Read(ref finished);
            if (running.Count > settings.Threshold)
            {
                await next.Task.WaitAsync(stopping);
            }
        }
    }

    private void Start(QueueMessage message, CancellationToken stopping)
    {
        var task = new Task<Task>(() => HandleAsync(message, stopping));
        var whole = task.Unwrap();
        running[whole] = true;
        _ = whole.ContinueWith(Finished, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        task.Start(TaskScheduler.Default);
    }

    private void Finished(Task task)
    {
        running.TryRemove(task, out _);
        Interlocked.Exchange(ref finished, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken stopping)
    {
        var hold = new MessageHold(queue, calls, message, settings.Invisibility, time);
        try
        {
            if (!TryDecode(message, out var decoded))
            {
                Log.NotBase64(logger, queue.Name, message.MessageId);
                await PoisonAsync(message, hold);
                return;
            }

            if (poison is not null && message.DequeueCount > settings.MaxDequeueCount)
            {
                Log.Exhausted(logger, queue.Name, message.MessageId, message.DequeueCount); // the host that had it last died before it could poison it
                await PoisonAsync(message, hold);
                return;
            }

            var failure = await CallAsync(decoded, stopping);
            if (failure is null)
            {
                await hold.DeleteAsync();
            }
            else
            {
                await FailAsync(message, hold, failure);
            }
        }
        catch (Exception e)
        {
            Log.NotEnded(logger, queue.Name, message.MessageId, e.GetType().Name); // it comes back when its invisibility ends
        }
        finally
        {
            await hold.DisposeAsync();
        }
    }

    private async Task<Exception?> CallAsync(QueueMessage message, CancellationToken stopping)
    {
        try
        {
            await handle(message, stopping);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private async Task FailAsync(QueueMessage message, MessageHold hold, Exception failure)
    {
        Log.Failed(logger, queue.Name, message.MessageId, message.DequeueCount, failure.GetType().Name);
        if (poison is null)
        {
            return;
        }

        if (message.DequeueCount >= settings.MaxDequeueCount)
        {
            await PoisonAsync(message, hold);
        }
        else
        {
            await hold.ReleaseAsync(settings.VisibilityTimeout);
        }
    }

    private async Task PoisonAsync(QueueMessage message, MessageHold hold)
    {
        if (poison is null)
        {
            return;
        }

        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(message.MessageText);
        await hold.DeleteAsync();
    }

    private static bool TryDecode(QueueMessage message, out QueueMessage decoded)
    {
        var bytes = new byte[message.MessageText.Length];
        var isBase64 = Convert.TryFromBase64String(message.MessageText, bytes, out var length);
        decoded = QueuesModelFactory.QueueMessage(
            message.MessageId, message.PopReceipt, new BinaryData(bytes.AsMemory(0, length)), message.DequeueCount,
            message.NextVisibleOn, message.InsertedOn, message.ExpiresOn);
        return isBase64;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "Queue {Queue} does not answer ({Fault}); trying again")]
        public static partial void StorageAway(ILogger logger, string queue, string fault);

        [LoggerMessage(EventId = 5002, Level = LogLevel.Error, Message = "Queue {Queue}, message {MessageId} is not Base64; it goes to the poison queue")]
        public static partial void NotBase64(ILogger logger, string queue, string messageId);

        [LoggerMessage(EventId = 5003, Level = LogLevel.Error, Message = "Queue {Queue}, message {MessageId} comes for the {DequeueCount}. time; it goes to the poison queue unread")]
        public static partial void Exhausted(ILogger logger, string queue, string messageId, long dequeueCount);

        [LoggerMessage(EventId = 5004, Level = LogLevel.Warning, Message = "Queue {Queue}, message {MessageId} failed at delivery {DequeueCount} ({Fault})")]
        public static partial void Failed(ILogger logger, string queue, string messageId, long dequeueCount, string fault);

        [LoggerMessage(EventId = 5005, Level = LogLevel.Warning, Message = "Queue {Queue}, message {MessageId} could not be deleted or released ({Fault})")]
        public static partial void NotEnded(ILogger logger, string queue, string messageId, string fault);
    }
}

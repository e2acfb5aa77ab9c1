using Azure;
using Azure.Storage.Queues;
using BulkSms.Storage;

namespace BulkSms.Chaos.Actors;

/// <summary>Doubles, deletes, clears and wears out queue messages.</summary>
public sealed class QueueAbuser(string storage, Deeds deeds, Random random, TimeProvider time) : IActor
{
    /// <summary>Deliveries that are dropped: as many as the host allows, and one more.</summary>
    private const int Deliveries = 4;

    private readonly QueueClient normal = new(storage, QueueNames.Outbound);
    private readonly QueueClient high = new(storage, QueueNames.OutboundHigh);
    private readonly QueueClient expand = new(storage, QueueNames.Expand);
    private readonly QueueClient events = new(storage, QueueNames.Events);

    private QueueClient Outbound => random.Next(3) == 0 ? high : normal;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300 + random.Next(900)), time, CancellationToken.None);
            try
            {
                await AbuseAsync();
                deeds.QueueAbused();
            }
            catch (RequestFailedException)
            {
                // a host had the message first
            }
        }
    }

    private Task AbuseAsync() => random.Next(13) switch
    {
        0 => Outbound.ClearMessagesAsync(),
        < 4 => DeleteAsync(Outbound, random.Next(1, 6)),
        4 => DeleteAsync(expand, 1),
        5 => WearOutAsync(random.Next(2) == 0 ? Outbound : expand),
        < 8 => DoubleAsync(Outbound, random.Next(1, 10)),
        < 10 => DoubleAsync(expand, random.Next(1, 4)),
        10 => DeleteAsync(events, random.Next(1, 4)),
        11 => WearOutAsync(events),
        _ => DoubleAsync(events, random.Next(1, 4)),
    };

    private static async Task DeleteAsync(QueueClient queue, int most)
    {
        foreach (var message in (await queue.ReceiveMessagesAsync(most, TimeSpan.FromSeconds(1))).Value)
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }

    private static async Task DoubleAsync(QueueClient queue, int most)
    {
        foreach (var message in (await queue.PeekMessagesAsync(most)).Value)
        {
            await queue.SendMessageAsync(message.MessageText);
        }
    }

    // Received again and again as if each host had died of it: the next one poisons it unread.
    private static async Task WearOutAsync(QueueClient queue)
    {
        for (var i = 0; i < Deliveries; i++)
        {
            foreach (var message in (await queue.ReceiveMessagesAsync(4, TimeSpan.FromSeconds(1))).Value)
            {
                await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
            }
        }
    }
}

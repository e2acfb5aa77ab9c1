using System.Threading.Channels;
using BulkSms.Common;
using BulkSms.Outbox;
using BulkSms.Storage;

namespace BulkSms.Recipients;

/// <summary>
/// Recipients that come to a final status, on their way to the endpoints that want to know. Their rows say that it is still to be told; this is only so that it is told soon. What is lost here, the
/// sweeper finds by the broadcast's marker.
/// </summary>
public sealed class FinishedRecipients(EventOutbox outbox, UntoldMarkers markers)
{
    private const int MostKept = 20_000;

    private readonly Channel<Recipient> finished = Channel.CreateBounded<Recipient>(new BoundedChannelOptions(MostKept) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Those of this instance.</summary>
    public ChannelReader<Recipient> All => finished.Reader;

    /// <summary>
    /// Must come before the write that brings a recipient to its end. It keeps no result from being written: a marker that cannot be is written by the sweeper, which comes to each broadcast before it
    /// is closed (<see cref="MarkAsync"/>).
    /// </summary>
    /// <returns>The sequence number of the event; null: no endpoint wants to know.</returns>
    public async ValueTask<long?> PrepareAsync(string broadcastId, CancellationToken cancellation)
    {
        try
        {
            return await MarkAsync(broadcastId, cancellation) ? outbox.Now : null;
        }
        catch (Exception e) when (e.IsUnavailable() && !cancellation.IsCancellationRequested)
        {
            return outbox.Now;
        }
    }

    /// <summary>Makes sure that a broadcast has its marker, if an endpoint wants to know of its recipients.</summary>
    /// <returns>Whether one does.</returns>
    public async ValueTask<bool> MarkAsync(string broadcastId, CancellationToken cancellation)
    {
        if (BroadcastId.IsTest(broadcastId) || !await outbox.WantsAsync(EventTypes.RecipientFinished, cancellation))
        {
            return false;
        }

        await markers.EnsureAsync(broadcastId, cancellation);
        return true;
    }

    /// <summary>Takes a row that says that its final status is still to be told.</summary>
    public void Add(Recipient row) => finished.Writer.TryWrite(row);
}

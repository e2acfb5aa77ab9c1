using BulkSms.Broadcasts;
using BulkSms.Outbox;
using BulkSms.Poison;

namespace BulkSms.Retention;

/// <summary>What is kept of a broadcast's recipients beside their rows: poison messages, and what event endpoints were told of them, and how far it had come when it was counted last.</summary>
public sealed class ErasedElsewhere(PoisonTable poison, DeliveryTable deliveries, UntoldMarkers markers, KeptCounts counts)
{
    /// <summary>Erases it.</summary>
    /// <returns>How many poison messages and deliveries.</returns>
    public async Task<(int Messages, int Deliveries)> EraseAsync(string broadcastId, CancellationToken cancellation)
    {
        await markers.ForgetAsync(broadcastId, cancellation);
        await counts.DeleteAsync(broadcastId, cancellation);
        return (await poison.DeleteAsync(broadcastId, cancellation), await deliveries.EraseAsync(broadcastId, cancellation));
    }
}

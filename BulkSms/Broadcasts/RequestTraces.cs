namespace BulkSms.Broadcasts;

/// <summary>What is kept of a broadcast's request to recognize it by: the digest under its key, and the key of its text and list. From both a number could be tried out.</summary>
public sealed class RequestTraces(IdempotencyStore keys, RecentTexts texts)
{
    /// <summary>Takes both away.</summary>
    public async Task ForgetAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        if (broadcast.IdempotencyRow is { } key)
        {
            await keys.ForgetDigestAsync(key, cancellation);
        }

        await texts.ForgetAsync(broadcast, cancellation);
    }
}

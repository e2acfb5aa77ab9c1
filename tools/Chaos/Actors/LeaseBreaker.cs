using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using BulkSms.Storage;

namespace BulkSms.Chaos.Actors;

/// <summary>Breaks the lease that lets one host sweep at a time, as if it had run out: both sweep at once then, and a host that died holds up no other.</summary>
public sealed class LeaseBreaker(string storage, Random random, TimeProvider time) : IActor
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500 + random.Next(1500)), time, CancellationToken.None);
            await BreakAsync();
        }
    }

    public async Task BreakAsync()
    {
        try
        {
            await foreach (var blob in new BlobContainerClient(storage, ContainerNames.Locks).GetBlobsAsync())
            {
                await new BlobClient(storage, ContainerNames.Locks, blob.Name).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
            }
        }
        catch (RequestFailedException)
        {
            // it is free
        }
    }
}

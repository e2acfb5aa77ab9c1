using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Dispatch;

/// <summary>
/// Lets one instance sweep at a time, by the lease of a blob. Apps of different Messaging Services on one storage account have a turn each: an app reconciles, and reads the
/// texts of, its own only. It spares storage calls, no more; two sweeps at once (an instance that was frozen, a lease that ran out) do no harm.
/// </summary>
public sealed partial class SweepTurn(SweepWork work, BlobServiceClient service, IOptions<TwilioOptions> twilio, TimeProvider time, ILogger<SweepTurn> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30); // of an instance that died, so that the next minute is another's
    private readonly BlobClient blob = service.GetBlobContainerClient(ContainerNames.Locks).GetBlobClient($"sweeper-{twilio.Value.MessagingServiceSid}");

    /// <summary>Sweeps, unless another instance does.</summary>
    /// <returns>Whether it was this instance's turn.</returns>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        var lease = blob.GetBlobLeaseClient();
        if (!await TryAcquireAsync(lease, stopping))
        {
            Log.NotOurs(logger);
            return false;
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var renewal = time.CreateTimer(_ => _ = RenewAsync(lease, lost), null, Lease / 3, Lease / 3);
        try
        {
            await work.RunAsync(lost.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Log.Lost(logger); // the instance that has it goes on
        }
        finally
        {
            await ReleaseAsync(lease);
        }

        return true;
    }

    private async Task<bool> TryAcquireAsync(BlobLeaseClient lease, CancellationToken stopping)
    {
        try
        {
            await lease.AcquireAsync(Lease, cancellationToken: stopping);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            await CreateAsync(stopping);
            return await TryAcquireAsync(lease, stopping);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return false;
        }
    }

    private async Task CreateAsync(CancellationToken stopping)
    {
        try
        {
            await blob.UploadAsync(BinaryData.FromString(""), stopping); // no overwrite
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // another instance was first
        }
    }

    private async Task RenewAsync(BlobLeaseClient lease, CancellationTokenSource lost)
    {
        try
        {
            await lease.RenewAsync();
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            await CancelAsync(lost);
        }
        catch (Exception)
        {
            // storage is away: the next renewal tells
        }
    }

    private static async Task CancelAsync(CancellationTokenSource lost)
    {
        try
        {
            await lost.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // the sweep has ended
        }
    }

    private static async Task ReleaseAsync(BlobLeaseClient lease)
    {
        try
        {
            await lease.ReleaseAsync();
        }
        catch (Exception)
        {
            // it runs out by itself
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2902, Level = LogLevel.Debug, Message = "Another instance sweeps")]
        public static partial void NotOurs(ILogger logger);

        [LoggerMessage(EventId = 2903, Level = LogLevel.Warning, Message = "The lease of the sweep was lost; the instance that has it goes on")]
        public static partial void Lost(ILogger logger);
    }
}

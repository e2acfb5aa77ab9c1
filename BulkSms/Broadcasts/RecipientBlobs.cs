using System.Runtime.CompilerServices;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>The recipients of broadcasts that are too large for a row, a blob each, in the form of <see cref="RecipientLines"/>.</summary>
public sealed class RecipientBlobs(BlobServiceClient service)
{
    private const int BufferSize = 1024 * 1024;
    private readonly BlobContainerClient blobs = service.GetBlobContainerClient(ContainerNames.Broadcasts);

    /// <summary>Writes a broadcast's recipients; gives the blob's name, which is this try's own: a blob that no row points to is harmless.</summary>
    public async Task<string> WriteAsync(Broadcast broadcast)
    {
        var name = $"{broadcast.Id}/recipients-{Guid.NewGuid():N}.txt";
        var blob = blobs.GetBlobClient(name);
        if (broadcast.TotalSegments is null)
        {
            await blob.UploadAsync(BinaryData.FromString(string.Join('\n', broadcast.Recipients!.Select(recipient => recipient.To))), overwrite: true);
        }
        else
        {
            await using var stream = await blob.OpenWriteAsync(overwrite: true);
            await RecipientLines.WriteAsync(stream, broadcast.Recipients!); // block by block: texts may be a hundred times the numbers
        }

        return name;
    }

    /// <summary>Deletes every blob of a broadcast, those too that no row points to.</summary>
    public async Task DeleteAsync(string broadcastId, CancellationToken cancellation)
    {
        await foreach (var blob in blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{broadcastId}/", cancellation))
        {
            await blobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        }
    }

    /// <summary>Blobs that were written before a time, with the broadcast of each.</summary>
    public IAsyncEnumerable<(string Name, string BroadcastId)> ListBeforeAsync(DateTimeOffset before, CancellationToken cancellation) => blobs
        .GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellation)
        .Where(blob => blob.Properties.LastModified < before)
        .Select(blob => (blob.Name, blob.Name.Split('/')[0]));

    /// <summary>Deletes one blob.</summary>
    public Task DeleteOneAsync(string name, CancellationToken cancellation) => blobs.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation);

    /// <summary>Reads a blob as its recipients are asked for, in order, from one on (counted from 0).</summary>
    public async IAsyncEnumerable<Addressee> ReadAsync(string name, int from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // By ranges, each a request of its own: fan-out may take minutes, and no connection waits for it.
        await using var stream = await blobs.GetBlobClient(name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = BufferSize }, cancellation);
        await foreach (var recipient in RecipientLines.ReadAsync(stream, from, cancellation))
        {
            yield return recipient;
        }
    }
}

using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>The recipients of broadcasts that are too large for a row, a blob each, in the form of <see cref="RecipientLines"/>.</summary>
public sealed class RecipientBlobs(BlobServiceClient service)
{
    private const int BufferSize = 1024 * 1024;

    /// <summary>Bytes of most numbers and their line end; a few have a place as well.</summary>
    private const int NumberSize = 14;

    /// <summary>Bytes of most entries that are no recipients.</summary>
    private const int SkippedSize = 128;

    private const int FewSkipped = 1000;

    /// <summary>Bytes that are held and written in one call; more go block by block.</summary>
    private const int LargestCall = 4 * 1024 * 1024;

    private const string Skipped = "skipped";

    private readonly BlobContainerClient blobs = service.GetBlobContainerClient(ContainerNames.Broadcasts);

    /// <summary>Writes a broadcast's recipients; gives the blob's name, which is this try's own: a blob that no row points to is harmless.</summary>
    public Task<string> WriteAsync(Broadcast broadcast) =>
        WriteAsync(broadcast.Id, "recipients", stream => RecipientLines.WriteAsync(stream, broadcast.Recipients!), broadcast.Recipients is Addressees { AreBare: true } ? broadcast.RecipientsCount * NumberSize : null);

    /// <summary>Writes what of a request is no recipient; gives the blob's name, as <see cref="WriteAsync(Broadcast)"/> does.</summary>
    public Task<string> WriteSkippedAsync(string broadcastId, IReadOnlyCollection<SkippedEntry> skipped) =>
        WriteAsync(broadcastId, Skipped, stream => SkippedLines.WriteAsync(stream, skipped), skipped.Count <= FewSkipped ? skipped.Count * SkippedSize : null);

    /// <summary>Writes a changed list of a broadcast's recipients; gives the blob's name.</summary>
    public Task<string> WriteAsync(string broadcastId, IAsyncEnumerable<Addressee> recipients, CancellationToken cancellation) =>
        WriteAsync(broadcastId, "recipients", stream => RecipientLines.WriteAsync(stream, recipients, cancellation), null);

    /// <summary>Writes a changed list of what is no recipient; gives the blob's name.</summary>
    public Task<string> WriteSkippedAsync(string broadcastId, IAsyncEnumerable<SkippedEntry> skipped, CancellationToken cancellation) =>
        WriteAsync(broadcastId, Skipped, stream => SkippedLines.WriteAsync(stream, skipped, cancellation), null);

    /// <summary>Reads entries that were left out, in order, from a byte of the blob on; each with the byte after it. Nothing when there is no such blob.</summary>
    /// <exception cref="FormatException">No entry begins there.</exception>
    public async IAsyncEnumerable<(SkippedEntry Entry, long End)> ReadSkippedAsync(string name, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await TryOpenAsync(name, cancellation) is not { } stream)
        {
            yield break; // erased
        }

        await using (stream)
        {
            await foreach (var entry in SkippedLines.ReadAsync(stream, from, cancellation))
            {
                yield return entry;
            }
        }
    }

    // What takes few bytes goes in one call; the rest goes block by block: texts and data may be a hundred times the numbers, and the numbers millions.
    private async Task<string> WriteAsync(string broadcastId, string what, Func<Stream, Task> write, int? size)
    {
        var name = $"{broadcastId}/{what}-{Guid.NewGuid():N}.txt";
        var blob = blobs.GetBlobClient(name);
        if (size is { } expected and <= LargestCall)
        {
            using var all = new MemoryStream(expected);
            await write(all);
            await blob.UploadAsync(new BinaryData(all.GetBuffer().AsMemory(0, (int)all.Length)), overwrite: true);
        }
        else
        {
            await using var stream = await blob.OpenWriteAsync(overwrite: true);
            await write(stream);
        }

        return name;
    }

    private async Task<Stream?> TryOpenAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await blobs.GetBlobClient(name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = BufferSize }, cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    /// <summary>Deletes every blob of a broadcast, those too that no row points to.</summary>
    public async Task DeleteAsync(string broadcastId, CancellationToken cancellation)
    {
        await foreach (var blob in blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{broadcastId}/", cancellation))
        {
            await blobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        }
    }

    /// <summary>Every blob.</summary>
    public async IAsyncEnumerable<ListBlob> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellation).AsPages().WithCancellation(cancellation))
        {
            var now = page.GetRawResponse().Headers.Date ?? default;
            foreach (var blob in page.Values)
            {
                var writtenAt = blob.Properties.LastModified ?? now;
                yield return new(blob.Name, blob.Name.Split('/')[0], writtenAt, now - writtenAt);
            }
        }
    }

    /// <summary>Whether a blob holds a recipient, or an entry that is none, of which it is asked.</summary>
    public async Task<bool> AnyAsync(string name, Func<Addressee, bool> isRecipient, Func<SkippedEntry, bool> isSkipped, CancellationToken cancellation)
    {
        try
        {
            return name.Contains($"/{Skipped}-", StringComparison.Ordinal)
                ? await ReadSkippedAsync(name, 0, cancellation).AnyAsync(each => isSkipped(each.Entry), cancellation)
                : await ReadAsync(name, 0, cancellation).AnyAsync(isRecipient, cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound() && !e.IsNotSetUp())
        {
            return false; // deleted meanwhile
        }
    }

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

/// <summary>A list that is kept.</summary>
/// <param name="Name">Of its blob.</param>
/// <param name="BroadcastId">Whose.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="Age">How long ago, by storage's clock.</param>
public sealed record ListBlob(string Name, string BroadcastId, DateTimeOffset WrittenAt, TimeSpan Age);

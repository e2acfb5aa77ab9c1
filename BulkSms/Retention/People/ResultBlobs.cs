using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BulkSms.Storage;

namespace BulkSms.Retention.People;

/// <summary>What an export has collected: a blob for each part while it runs, and then the result.</summary>
public sealed class ResultBlobs(BlobServiceClient service)
{
    /// <summary>No answer is ever part of an HTML page.</summary>
    internal static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    private readonly BlobContainerClient blobs = service.GetBlobContainerClient(ContainerNames.People);

    /// <summary>Keeps a part. The same part again takes its place.</summary>
    public async Task WritePartAsync(string jobId, int part, IReadOnlyCollection<(string List, JsonObject Item)> items, CancellationToken cancellation)
    {
        var lines = new StringBuilder();
        foreach (var (list, item) in items)
        {
            lines.Append(new JsonObject { [list] = item.DeepClone() }.ToJsonString()).Append('\n');
        }

        await blobs.GetBlobClient(PartName(jobId, part)).UploadAsync(BinaryData.FromString(lines.ToString()), overwrite: true, cancellation);
    }

    /// <summary>Every item of every part, in order.</summary>
    public async IAsyncEnumerable<(string List, JsonObject Item)> ReadPartsAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, PartsOf(jobId), cancellation))
        {
            var text = (await blobs.GetBlobClient(blob.Name).DownloadContentAsync(cancellation)).Value.Content.ToString();
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var (list, item) = JsonNode.Parse(line)!.AsObject().Single();
                yield return (list, item!.DeepClone().AsObject());
            }
        }
    }

    /// <summary>Writes the result; the parts go.</summary>
    public async Task WriteResultAsync(string jobId, JsonObject result, CancellationToken cancellation) =>
        await blobs.GetBlobClient(ResultName(jobId)).UploadAsync(BinaryData.FromString(result.ToJsonString(Readable)), overwrite: true, cancellation);

    /// <summary>Opens the result; null: there is none any more.</summary>
    public async Task<Stream?> OpenResultAsync(string jobId, CancellationToken cancellation)
    {
        try
        {
            return await blobs.GetBlobClient(ResultName(jobId)).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    /// <summary>Deletes the parts.</summary>
    public Task DeletePartsAsync(string jobId, CancellationToken cancellation) => DeleteAllAsync(PartsOf(jobId), cancellation);

    /// <summary>Deletes parts and result.</summary>
    public Task DeleteAsync(string jobId, CancellationToken cancellation) => DeleteAllAsync($"{jobId}/", cancellation);

    private async Task DeleteAllAsync(string prefix, CancellationToken cancellation)
    {
        await foreach (var blob in blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
        {
            await blobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        }
    }

    private static string PartsOf(string jobId) => $"{jobId}/part-";

    private static string PartName(string jobId, int part) => string.Create(CultureInfo.InvariantCulture, $"{PartsOf(jobId)}{part:00000000}.jsonl");

    private static string ResultName(string jobId) => $"{jobId}/result.json";
}

using Azure.Storage.Blobs;

namespace BulkSms.Backup;

/// <summary>
/// Exports in a container, each below a name of its own. Nothing is overwritten, so the container may be one in which nothing can be changed or deleted for a time.
/// </summary>
public sealed class ExportContainer(BlobContainerClient container)
{
    private const int Concurrency = 8;

    /// <summary>Uploads an export, its manifest last: half an upload has none, and is refused.</summary>
    /// <param name="folder">Where the export lies.</param>
    /// <param name="name">What it is called in the container.</param>
    public async Task UploadAsync(string folder, string name)
    {
        var manifest = Path.Combine(folder, Manifest.FileName);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => file != manifest);
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (file, stop) =>
            await container.GetBlobClient(BlobOf(folder, file, name)).UploadAsync(file, overwrite: false, stop));
        await container.GetBlobClient(BlobOf(folder, manifest, name)).UploadAsync(manifest, overwrite: false);
    }

    /// <summary>Downloads an export to an empty folder.</summary>
    public async Task DownloadAsync(string name, string folder)
    {
        await foreach (var blob in container.GetBlobsAsync(new() { Prefix = $"{name}/" }))
        {
            var file = Path.GetFullPath(Path.Combine(folder, blob.Name[(name.Length + 1)..]));
            if (!file.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new BackupException($"{blob.Name} is not a file of an export.");
            }

            Export.Make(Path.GetDirectoryName(file)!);
            await using var stream = Export.Create(file);
            await container.GetBlobClient(blob.Name).DownloadToAsync(stream);
        }
    }

    private static string BlobOf(string folder, string file, string name) => $"{name}/{Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')}";
}

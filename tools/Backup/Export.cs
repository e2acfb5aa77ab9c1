using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BulkSms.Storage;

namespace BulkSms.Backup;

/// <summary>
/// Writes all tables and recipient lists to a folder, while the app goes on. What is written to storage meanwhile may be in it or not; broadcasts are read before their
/// recipients, so that none seems to be fanned out further than its rows are, and opt-outs last, so that none is older than a message.
/// </summary>
public sealed class Export(TableServiceClient tables, BlobServiceClient blobs, TimeProvider time)
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string[] Order = [TableNames.IdempotencyKeys, TableNames.Broadcasts, TableNames.Recipients, TableNames.PoisonMessages, TableNames.OptOuts];

    /// <summary>Writes it to a folder that must not exist or be empty: the numbers and texts in it are the owner's alone.</summary>
    public async Task<Manifest> RunAsync(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new BackupException($"{folder} is not empty: give a new folder to each export.");
        }

        var startedAt = time.GetUtcNow();
        Make(folder);
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var table in Order.Union(TableNames.Exported, StringComparer.Ordinal))
        {
            rows[table] = await WriteTableAsync(table, Path.Combine(folder, Manifest.FileOf(table)));
        }

        var lists = await WriteBlobsAsync(Path.Combine(folder, Manifest.BlobFolder));
        var manifest = new Manifest(Manifest.CurrentVersion, startedAt, rows, lists);
        await using var file = Create(Path.Combine(folder, Manifest.FileName));
        await JsonSerializer.SerializeAsync(file, manifest, BackupJson.Default.Manifest);
        return manifest;
    }

    private async Task<int> WriteTableAsync(string table, string path)
    {
        var count = 0;
        await using var file = Create(path);
        await using var zipped = new GZipStream(file, CompressionLevel.Fastest);
        await using var writer = new StreamWriter(zipped);
        await foreach (var row in tables.GetTableClient(table).QueryAsync<TableEntity>())
        {
            await writer.WriteLineAsync(RowText.Write(row));
            count++;
        }

        return count;
    }

    private async Task<int> WriteBlobsAsync(string folder)
    {
        var count = 0;
        Make(folder);
        var container = blobs.GetBlobContainerClient(ContainerNames.Broadcasts);
        await foreach (var blob in container.GetBlobsAsync())
        {
            await using var file = Create(Path.Combine(folder, Uri.EscapeDataString(blob.Name)));
            await container.GetBlobClient(blob.Name).DownloadToAsync(file);
            count++;
        }

        return count;
    }

    internal static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFile | UnixFileMode.UserExecute);
        }
    }

    internal static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new(path, options);
    }
}

using System.IO.Compression;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BulkSms.SendingControl;
using BulkSms.Storage;

namespace BulkSms.Backup;

/// <summary>
/// Writes an export to an empty storage account, or goes on with an import of it that was cut off. Sending is suspended there before anything else is written: the rows
/// say "pending" of messages that were sent since the export.
/// </summary>
public sealed class Import(TableServiceClient tables, BlobServiceClient blobs, ControlTable control)
{
    private const int TransactionSize = 100;
    private const int TransactionCharacters = 1_000_000; // a transaction holds 4 MiB, a character two bytes
    private const int Concurrency = 16;

    public async Task<Manifest> RunAsync(string folder)
    {
        var manifest = await ReadManifestAsync(folder);
        var reason = $"storage was restored from the export of {manifest.Since}";
        foreach (var table in TableNames.All)
        {
            await tables.CreateTableIfNotExistsAsync(table);
        }

        var isAgain = (await control.ReadAsync(CancellationToken.None)).Suspension?.Reason == reason;
        foreach (var table in TableNames.All)
        {
            if (!isAgain && await tables.GetTableClient(table).QueryAsync<TableEntity>(maxPerPage: 1).AnyAsync())
            {
                throw new BackupException($"The table {table} is not empty: an export is restored to an account without rows.");
            }
        }

        await control.SuspendAsync(0, reason, null, CancellationToken.None);
        await WriteBlobsAsync(Path.Combine(folder, Manifest.BlobFolder));
        foreach (var (table, expected) in manifest.Rows)
        {
            var count = await WriteTableAsync(table, Path.Combine(folder, Manifest.FileOf(table)));
            if (count != expected)
            {
                throw new BackupException($"{Manifest.FileOf(table)} holds {count} rows instead of {expected}: the export is damaged.");
            }
        }

        return manifest;
    }

    private static async Task<Manifest> ReadManifestAsync(string folder)
    {
        var path = Path.Combine(folder, Manifest.FileName);
        if (!File.Exists(path))
        {
            throw new BackupException($"{path} is missing: this is no export, or one that was cut off.");
        }

        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync(file, BackupJson.Default.Manifest) is { Version: Manifest.CurrentVersion } manifest
            ? manifest
            : throw new BackupException($"{path} is of another version than this program.");
    }

    private async Task<int> WriteTableAsync(string table, string path)
    {
        var client = tables.GetTableClient(table);
        var count = 0;
        await Parallel.ForEachAsync(Transactions(path, () => count++), new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (rows, stop) =>
            await client.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row, ETag.All)), stop));
        return count;
    }

    // Rows come in the order of their keys, so those of a partition stand together.
    private static async IAsyncEnumerable<List<TableEntity>> Transactions(string path, Action onRow)
    {
        await using var file = File.OpenRead(path);
        await using var zipped = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(zipped);
        var rows = new List<TableEntity>();
        var characters = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            onRow();
            var row = RowText.Read(line);
            if (ControlTable.IsOfItsTime(row))
            {
                continue; // a suspension of then would hide the one of now, and a reconciliation of then would end it
            }

            if (rows.Count > 0 && (rows.Count == TransactionSize || rows[0].PartitionKey != row.PartitionKey || characters + line.Length > TransactionCharacters))
            {
                yield return rows;
                (rows, characters) = ([], 0);
            }

            rows.Add(row);
            characters += line.Length;
        }

        if (rows.Count > 0)
        {
            yield return rows;
        }
    }

    private async Task WriteBlobsAsync(string folder)
    {
        var container = blobs.GetBlobContainerClient(ContainerNames.Broadcasts);
        await container.CreateIfNotExistsAsync();
        await Parallel.ForEachAsync(Directory.EnumerateFiles(folder), new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (path, stop) =>
            await container.GetBlobClient(Uri.UnescapeDataString(Path.GetFileName(path))).UploadAsync(path, overwrite: true, cancellationToken: stop));
    }
}

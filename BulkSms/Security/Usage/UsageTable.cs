using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Security.Usage;

/// <summary>What a row says.</summary>
/// <param name="Used">How much of the window is used.</param>
/// <param name="Writer">Names the write that it comes from; empty: there is no row.</param>
/// <param name="Version">Changes with each write; null: there is no row.</param>
public sealed record UsageRow(long Used, string Writer, ETag? Version);

/// <summary>
/// The table Usage: a row for each holder and window. A write is made once, so that its own failure says whether it may have been applied.
/// </summary>
public sealed class UsageTable(TableServiceClient service, [FromKeyedServices(StorageServices.WithoutRetries)] TableServiceClient once)
{
    private const string Holder = "holder";
    private const string Used = "used";
    private const string Writer = "writer";
    private const string EndsAt = "endsAt";
    private readonly TableClient table = service.GetTableClient(TableNames.Usage);
    private readonly TableClient writes = once.GetTableClient(TableNames.Usage);

    /// <summary>Reads a row.</summary>
    /// <exception cref="Exception">Storage is away.</exception>
    public async Task<UsageRow> ReadAsync(string holder, UsageWindow window)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition(holder), window.Row);
        return found.HasValue && found.Value is { } row ? new(row.GetInt64(Used) ?? 0, row.GetString(Writer) ?? "", row.ETag) : new(0, "", null);
    }

    /// <summary>Writes a row, if it is still the one that was read.</summary>
    /// <param name="holder">Whose it is.</param>
    /// <param name="window">When.</param>
    /// <param name="row">The new values, and the version that it must have.</param>
    /// <returns>Its new version; null: it is another by now, and this was not written.</returns>
    /// <exception cref="Exception">Storage is away: it may be written all the same.</exception>
    public async Task<ETag?> TryWriteAsync(string holder, UsageWindow window, UsageRow row)
    {
        var entity = new TableEntity(Partition(holder), window.Row) { [Holder] = holder, [Used] = row.Used, [Writer] = row.Writer, [EndsAt] = window.Ends };
        try
        {
            var written = row.Version is { } version
                ? await writes.UpdateEntityAsync(entity, version, TableUpdateMode.Replace)
                : await writes.AddEntityAsync(entity);
            return written.Headers.ETag;
        }
        catch (RequestFailedException e) when (e.IsConflict() || (e.IsNotFound() && !e.IsNotSetUp()))
        {
            return null;
        }
    }

    /// <summary>Deletes the rows of windows that ended before a time.</summary>
    /// <returns>How many rows.</returns>
    public Task<int> DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) =>
        table.DeleteAllAsync(TableClient.CreateQueryFilter($"endsAt lt {before}"), cancellation);

    // A token's subject may have characters that no key may have.
    private static string Partition(string holder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(holder)));
}

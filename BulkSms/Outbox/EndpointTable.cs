using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.Outbox;

/// <summary>
/// The rows of the event endpoints. They stand beside those that say what is stopped: what a sender reads anyway tells it whether an event is wanted. Every write makes what the instance
/// knew of them old, also one whose outcome is not known.
/// </summary>
public sealed class EndpointTable(TableServiceClient service, IOptions<EventOptions> options)
{
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);
    private readonly Dictionary<string, EventEndpoint> configured = EventEndpoint.ConfiguredBy(options.Value).ToDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);
    private int version;

    /// <summary>Changes with every write of this instance. What was read before such a change is old.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>All endpoints, in the order of their names.</summary>
    public async Task<IReadOnlyList<EventEndpoint>> ListAsync(CancellationToken cancellation) =>
        WithConfigured(await table.QueryAsync<TableEntity>(EventEndpoint.All, cancellationToken: cancellation).Select(EventEndpoint.Read).ToListAsync(cancellation));

    /// <summary>Endpoints that were read, and those of the settings, which win where both have a name.</summary>
    public IReadOnlyList<EventEndpoint> WithConfigured(IReadOnlyList<EventEndpoint> read) => configured.Count == 0 && read.All(row => !row.IsConfigured) ? read :
    [
        .. read.Where(row => !row.IsConfigured && !configured.ContainsKey(row.Name))
            .Concat(configured.Values.Select(endpoint => endpoint.With(read.FirstOrDefault(row => row.Name == endpoint.Name))))
            .OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal),
    ];

    /// <summary>Whether an endpoint is one of the settings; these are known without reading.</summary>
    public bool IsConfigured(string name) => configured.ContainsKey(name);

    public async Task<EventEndpoint?> FindAsync(string name, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(PartitionNames.Controls, EventEndpoint.KeyOf(name), cancellationToken: cancellation);
        var row = found.HasValue ? EventEndpoint.Read(found.Value!) : null;
        return configured.TryGetValue(name, out var endpoint) ? endpoint.With(row) : row is { IsConfigured: true } ? null : row;
    }

    /// <summary>Writes an endpoint, if it is as it was read, or is not there if it was not.</summary>
    /// <returns>False when it has changed since.</returns>
    public async Task<bool> TryWriteAsync(EventEndpoint endpoint, CancellationToken cancellation)
    {
        try
        {
            await (endpoint.ETag == default
                ? table.AddEntityAsync(endpoint.Write(), cancellation)
                : table.UpdateEntityAsync(endpoint.Write(), endpoint.ETag, TableUpdateMode.Replace, cancellation));
            return true;
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            await ForgetAsync(endpoint.Name, cancellation);
            return false;
        }
        finally
        {
            Interlocked.Increment(ref version);
        }
    }

    // The row of an endpoint of the settings that is set no more: it keeps the name from a caller.
    private async Task ForgetAsync(string name, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(PartitionNames.Controls, EventEndpoint.KeyOf(name), cancellationToken: cancellation);
        if (!configured.ContainsKey(name) && found.HasValue && EventEndpoint.Read(found.Value!).IsConfigured)
        {
            await table.DeleteEntityAsync(PartitionNames.Controls, EventEndpoint.KeyOf(name), ETag.All, cancellation);
        }
    }

    /// <summary>Deletes an endpoint; one that is not there is no error.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(PartitionNames.Controls, EventEndpoint.KeyOf(name), ETag.All, cancellation);
        }
        finally
        {
            Interlocked.Increment(ref version);
        }
    }
}

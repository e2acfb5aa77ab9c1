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
    private int version;

    /// <summary>Changes with every write of this instance. What was read before such a change is old.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>All endpoints, in the order of their names.</summary>
    public async Task<IReadOnlyList<EventEndpoint>> ListAsync(CancellationToken cancellation) =>
        WithTopic(await table.QueryAsync<TableEntity>(EventEndpoint.All, cancellationToken: cancellation).Select(EventEndpoint.Read).ToListAsync(cancellation));

    /// <summary>Endpoints that were read, and the Event Grid topic, if one is configured.</summary>
    public IReadOnlyList<EventEndpoint> WithTopic(IReadOnlyList<EventEndpoint> read) => EventEndpoint.TopicOf(options.Value) is { } topic ? [.. read, topic] : read;

    public async Task<EventEndpoint?> FindAsync(string name, CancellationToken cancellation)
    {
        if (name == EventEndpoint.EventGrid)
        {
            return EventEndpoint.TopicOf(options.Value);
        }

        var found = await table.GetEntityIfExistsAsync<TableEntity>(PartitionNames.Controls, EventEndpoint.KeyOf(name), cancellationToken: cancellation);
        return found.HasValue ? EventEndpoint.Read(found.Value!) : null;
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
            return false;
        }
        finally
        {
            Interlocked.Increment(ref version);
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

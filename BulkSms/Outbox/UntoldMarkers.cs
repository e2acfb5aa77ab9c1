using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.Outbox;

/// <summary>
/// Says of which broadcasts recipients may have come to their end without an endpoint having been told. The marker is written before the first of them, so that the sweeper finds them after any
/// crash without going through broadcasts that are completed.
/// </summary>
public sealed class UntoldMarkers(TableServiceClient service, TimeProvider time)
{
    /// <summary>How long an instance relies on a marker that it has written. It is taken away only when it is twice as old.</summary>
    private static readonly TimeSpan ReliedOnFor = TimeSpan.FromMinutes(30);

    private const string Prefix = "untold-";

    /// <summary>Broadcasts that an instance remembers; beyond that it writes their markers again.</summary>
    private const int MostKnown = 10_000;

    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);
    private readonly ConcurrentDictionary<string, Deadline> known = new(StringComparer.Ordinal);

    /// <summary>Makes sure that a broadcast has its marker: one write for each broadcast and instance, mostly.</summary>
    public async ValueTask EnsureAsync(string broadcastId, CancellationToken cancellation)
    {
        if (known.TryGetValue(broadcastId, out var relied) && !relied.HasPassed)
        {
            return;
        }

        var begun = new Deadline(time, ReliedOnFor);
        await table.UpsertEntityAsync(new TableEntity(PartitionNames.Broadcasts, Prefix + broadcastId), TableUpdateMode.Replace, cancellation);
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        known[broadcastId] = begun;
    }

    /// <summary>All markers, each with how long ago it was written, by storage's clock.</summary>
    public async Task<IReadOnlyList<UntoldMarker>> ListAsync(CancellationToken cancellation)
    {
        var markers = new List<UntoldMarker>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PartitionNames.Broadcasts} and RowKey gt {Prefix} and RowKey lt {"untold."}");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages())
        {
            var now = page.GetRawResponse().Headers.Date ?? default;
            markers.AddRange(page.Values.Select(row => new UntoldMarker(row.RowKey[Prefix.Length..], now - (row.Timestamp ?? now) > 2 * ReliedOnFor, row.ETag)));
        }

        return markers;
    }

    /// <summary>Takes the marker of a broadcast away that is erased; that there is none is as good.</summary>
    public Task ForgetAsync(string broadcastId, CancellationToken cancellation) => table.DeleteEntityAsync(PartitionNames.Broadcasts, Prefix + broadcastId, ETag.All, cancellation);

    /// <summary>Takes a marker away, if it is still the one that was read.</summary>
    public async Task RemoveAsync(UntoldMarker marker, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(PartitionNames.Broadcasts, Prefix + marker.BroadcastId, marker.ETag, cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // another instance relies on it since
        }
    }
}

/// <summary>A marker as it was read.</summary>
/// <param name="BroadcastId">Whose.</param>
/// <param name="IsOld">Whether no instance relies on it any more.</param>
/// <param name="ETag">The row's.</param>
public sealed record UntoldMarker(string BroadcastId, bool IsOld, ETag ETag);

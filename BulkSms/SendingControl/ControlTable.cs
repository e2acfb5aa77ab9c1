using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.SendingControl;

/// <summary>
/// The rows that say what is held: one for the halt of all sending, one for each held broadcast, in one partition of the Broadcasts table, so that one
/// query reads them all.
/// </summary>
public sealed class ControlTable(TableServiceClient service, TimeProvider time)
{
    private const string Partition = "holds";
    private const string HaltKey = "halt";
    private const char CountrySeparator = '.';
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    public async Task<ControlSet> ReadAsync(CancellationToken cancellation)
    {
        Suspension? halt = null;
        var broadcasts = new Dictionary<string, BroadcastControl>(StringComparer.Ordinal);
        var countries = new List<CountryStop>();
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (row.RowKey == HaltKey)
            {
                halt = new(row.GetInt32("code") ?? 0, row.GetString("reason") ?? "", row.GetDateTimeOffset("since") ?? default);
            }
            else if (row.RowKey.Split(CountrySeparator) is [var id, var country])
            {
                countries.Add(new(id, country, row.GetInt32("code") ?? 0));
            }
            else if (Enum.TryParse<ControlKind>(row.GetString("kind"), out var kind))
            {
                broadcasts[row.RowKey] = new(kind, row.GetString("reason"), row.ETag);
            }
        }

        return new ControlSet(halt, broadcasts, countries.ToLookup(stop => stop.BroadcastId, StringComparer.Ordinal));
    }

    /// <summary>Stops all sending. The first reason stands until it is resumed; halting twice changes nothing.</summary>
    public async Task SuspendAsync(int code, string reason, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(
                new TableEntity(Partition, HaltKey) { ["code"] = code, ["reason"] = reason, ["since"] = time.GetUtcNow() }, cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // halted already, or by our own first try
        }
    }

    public Task ResumeAsync(CancellationToken cancellation) => table.DeleteEntityAsync(Partition, HaltKey, ETag.All, cancellation);

    /// <summary>Pauses a broadcast that is not held; a pause or cancellation that is there stays as it is.</summary>
    /// <param name="broadcastId">Which.</param>
    /// <param name="reason">Why it pauses itself; null: somebody asked for it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PauseAsync(string broadcastId, string? reason, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await table.AddEntityAsync(Row(broadcastId, ControlKind.Paused, reason), cancellation);
                return;
            }
            catch (RequestFailedException e) when (e.IsConflict())
            {
                // held already, by somebody else or by our own first try
            }

            if (await IsRenewedAsync(broadcastId, cancellation))
            {
                return;
            }
        }
    }

    // A pause that is there is written anew, so that whoever read it before does not take it away as one that has outlived its broadcast.
    private async Task<bool> IsRenewedAsync(string broadcastId, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, broadcastId, cancellationToken: cancellation);
        if (!found.HasValue || found.Value!.GetString("kind") != nameof(ControlKind.Paused))
        {
            return found.HasValue;
        }

        try
        {
            await table.UpdateEntityAsync(
                new TableEntity(Partition, broadcastId) { ["kind"] = nameof(ControlKind.Paused) }, found.Value.ETag, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            return false; // changed or taken away meanwhile: the next try tells
        }
    }

    /// <summary>Cancels: whatever else is said at the same time, this stays.</summary>
    public Task CancelAsync(string broadcastId, CancellationToken cancellation) =>
        table.UpsertEntityAsync(Row(broadcastId, ControlKind.Canceled), TableUpdateMode.Replace, cancellation);

    /// <summary>Takes a pause away, and only a pause: never a cancellation that came in between.</summary>
    public async Task UnpauseAsync(string broadcastId, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, broadcastId, cancellationToken: cancellation);
        if (found.HasValue && found.Value!.GetString("kind") == nameof(ControlKind.Paused))
        {
            try
            {
                await table.DeleteEntityAsync(Partition, broadcastId, found.Value.ETag, cancellation);
            }
            catch (RequestFailedException e) when (e.IsConflict())
            {
                // canceled meanwhile
            }
        }
    }

    /// <summary>Sends a broadcast to a country no more; doing it twice is harmless.</summary>
    public Task StopCountryAsync(CountryStop stop, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(Partition, Key(stop)) { ["code"] = stop.Code, ["since"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);

    /// <summary>Takes back every stop of a country within a broadcast.</summary>
    public Task StartCountriesAsync(string broadcastId, ControlSet held, CancellationToken cancellation) => Task.WhenAll(
        held.Countries[broadcastId].Select(stop => table.DeleteEntityAsync(Partition, Key(stop), ETag.All, cancellation)));

    /// <summary>Forgets the holds of a broadcast that has come to its end, as they were read: one that was made since is another's.</summary>
    public async Task ReleaseAsync(string broadcastId, ControlSet held, CancellationToken cancellation)
    {
        await StartCountriesAsync(broadcastId, held, cancellation);
        if (!held.Broadcasts.TryGetValue(broadcastId, out var hold))
        {
            return;
        }

        try
        {
            await table.DeleteEntityAsync(Partition, broadcastId, hold.ETag, cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // changed since
        }
    }

    private static string Key(CountryStop stop) => $"{stop.BroadcastId}{CountrySeparator}{stop.Country}";

    private TableEntity Row(string broadcastId, ControlKind kind, string? reason = null) =>
        new(Partition, broadcastId) { ["kind"] = kind.ToString(), ["since"] = time.GetUtcNow(), ["reason"] = reason };
}

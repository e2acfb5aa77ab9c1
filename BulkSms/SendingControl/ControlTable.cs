using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.SendingControl;

/// <summary>
/// The rows that say what is stopped: one for the suspension of all sending, one for each paused or canceled broadcast, in one partition of the Broadcasts table, so that one
/// query reads them all.
/// </summary>
public sealed class ControlTable(TableServiceClient service, TimeProvider time)
{
    internal const string Partition = "holds";
    private const string SuspensionKey = "suspended";
    private const string CircuitPrefix = "circuit-";
    private const string NextProbeAt = "nextProbeAt";
    private const char CountrySeparator = '.';
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    public async Task<ControlSet> ReadAsync(CancellationToken cancellation)
    {
        Suspension? suspension = null;
        var broadcasts = new Dictionary<string, BroadcastControl>(StringComparer.Ordinal);
        var countries = new List<CountryStop>();
        var circuits = new List<OpenCircuit>();
        Reconciliation? reconciliation = null;
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (row.RowKey == SuspensionKey)
            {
                suspension = SuspensionOf(row);
            }
            else if (row.RowKey == Reconciliation.RowKey)
            {
                reconciliation = Reconciliation.Read(row);
            }
            else if (row.RowKey.StartsWith(CircuitPrefix, StringComparison.Ordinal))
            {
                circuits.Add(new(
                    row.RowKey[CircuitPrefix.Length..], row.GetDateTimeOffset("since") ?? default, row.GetDateTimeOffset(NextProbeAt) ?? default, row.GetString("reason") ?? ""));
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

        return new ControlSet(
            reconciliation is null ? suspension : reconciliation.With(suspension), broadcasts, countries.ToLookup(stop => stop.BroadcastId, StringComparer.Ordinal), circuits, reconciliation);
    }

    /// <summary>
    /// Whether a row tells of its own time alone: a suspension, or a reconciliation. An export that is imported later must not bring it back.
    /// </summary>
    public static bool IsOfItsTime(TableEntity row) => row.PartitionKey == Partition && row.RowKey is SuspensionKey or Reconciliation.RowKey;

    /// <summary>Shows that an instance's circuit breaker is open.</summary>
    public Task ReportCircuitAsync(OpenCircuit circuit, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(Partition, CircuitPrefix + circuit.Instance) { ["since"] = circuit.Since, [NextProbeAt] = circuit.NextProbeAt, ["reason"] = circuit.Reason },
        TableUpdateMode.Replace, cancellation);

    /// <summary>Shows it no more: it is closed, or its instance is gone.</summary>
    public Task ForgetCircuitAsync(string instance, CancellationToken cancellation) =>
        table.DeleteEntityAsync(Partition, CircuitPrefix + instance, ETag.All, cancellation);

    /// <summary>
    /// Suspends all sending. The first reason stands until it is resumed, so doing it twice changes nothing; but one that may end by itself gives way to one that does not.
    /// </summary>
    /// <param name="code">Twilio's code; 0: an operator.</param>
    /// <param name="reason">In words.</param>
    /// <param name="nextProbeAt">When one message is sent to find out whether it has ended; null: never.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task SuspendAsync(int code, string reason, DateTimeOffset? nextProbeAt, CancellationToken cancellation)
    {
        var row = new TableEntity(Partition, SuspensionKey) { ["code"] = code, ["reason"] = reason, ["since"] = time.GetUtcNow(), [NextProbeAt] = nextProbeAt };
        try
        {
            await table.AddEntityAsync(row, cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            if (nextProbeAt is null)
            {
                await ReplaceProbedAsync(row, cancellation);
            }
        }
    }

    // Suspended already, or by our own first try.
    private async Task ReplaceProbedAsync(TableEntity row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, SuspensionKey, cancellationToken: cancellation);
        if (found.HasValue && found.Value!.GetDateTimeOffset(NextProbeAt) is not null)
        {
            try
            {
                await table.UpdateEntityAsync(row, found.Value.ETag, TableUpdateMode.Replace, cancellation);
            }
            catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
            {
                // resumed meanwhile, or another instance has done it: the next refusal tells
            }
        }
    }

    /// <summary>Says when the next probe comes, if the suspension is still as it was read.</summary>
    /// <returns>The suspension as it is then; null when another instance, or a person, was first.</returns>
    public async Task<Suspension?> TryScheduleProbeAsync(Suspension read, DateTimeOffset at, CancellationToken cancellation)
    {
        try
        {
            var written = await table.UpdateEntityAsync(new TableEntity(Partition, SuspensionKey) { [NextProbeAt] = at }, read.ETag, TableUpdateMode.Merge, cancellation);
            return read with { NextProbeAt = at, ETag = written.Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            return null;
        }
    }

    /// <summary>Resumes sending if the suspension is still as it was read.</summary>
    public async Task<bool> TryResumeAsync(Suspension read, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(Partition, SuspensionKey, read.ETag, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return false; // it is suspended for another reason by now
        }
    }

    public Task ResumeAsync(CancellationToken cancellation) => table.DeleteEntityAsync(Partition, SuspensionKey, ETag.All, cancellation);

    /// <summary>Pauses a broadcast that is not held; a pause or cancellation that is there stays as it is.</summary>
    /// <param name="broadcastId">Which.</param>
    /// <param name="reason">Why it pauses itself; null: an operator asked for it.</param>
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
                // paused already, by another instance or by our own first try
            }

            if (await IsRenewedAsync(broadcastId, cancellation))
            {
                return;
            }
        }
    }

    // A pause that is there is written anew, so that a sweeper that read it before does not take it away as one that has outlived its broadcast.
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

    private static Suspension SuspensionOf(TableEntity row) => new(
        row.GetInt32("code") ?? 0, row.GetString("reason") ?? "", row.GetDateTimeOffset("since") ?? default, row.GetDateTimeOffset(NextProbeAt), row.ETag);

    private static string Key(CountryStop stop) => $"{stop.BroadcastId}{CountrySeparator}{stop.Country}";

    private TableEntity Row(string broadcastId, ControlKind kind, string? reason = null) =>
        new(Partition, broadcastId) { ["kind"] = kind.ToString(), ["since"] = time.GetUtcNow(), ["reason"] = reason };
}

using Azure;
using Azure.Data.Tables;
using BulkSms.Outbox;
using BulkSms.Profiles;
using BulkSms.Storage;

namespace BulkSms.SendingControl;

/// <summary>
/// The rows that say what is stopped: one for the suspension of all sending, one for each paused or canceled broadcast, in one partition of the Broadcasts table, so that one
/// query reads them all.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="time">The clock.</param>
/// <param name="outbox">Takes the endpoints that are read with them, and gives the rows of events; null: no system is told.</param>
public sealed partial class ControlTable(ControlRows rows, TimeProvider time, EventOutbox? outbox = null)
{
    private const string SuspensionKey = "suspended";
    private const string CircuitPrefix = "circuit-";
    private const string NextProbeAt = "nextProbeAt";
    private const char CountrySeparator = '.';
    private const char ProfileSeparator = '.';

    /// <summary>What events of all sending are about.</summary>
    private const string Subject = "sending";

    public async Task<ControlSet> ReadAsync(CancellationToken cancellation)
    {
        var suspensions = new List<Suspension>();
        var broadcasts = new Dictionary<string, BroadcastControl>(StringComparer.Ordinal);
        var countries = new List<CountryStop>();
        var circuits = new List<OpenCircuit>();
        Reconciliation? reconciliation = null;
        var (begun, endpoints) = (outbox?.Begin(), new List<EventEndpoint>());
        await foreach (var row in rows.ReadAsync(cancellation))
        {
            if (EventEndpoint.IsRow(row))
            {
                endpoints.Add(EventEndpoint.Read(row));
            }
            else if (OutboxEvent.IsRow(row))
            {
                continue;
            }
            else if (row.RowKey == SuspensionKey || ProfileOf(row) is not null)
            {
                suspensions.Add(SuspensionOf(row));
            }
            else if (row.RowKey == Reconciliation.RowKey)
            {
                reconciliation = Reconciliation.Read(row);
            }
            else if (row.RowKey.StartsWith(CircuitPrefix, StringComparison.Ordinal))
            {
                circuits.Add(CircuitOf(row));
            }
            else if (row.RowKey.Split(CountrySeparator) is [var id, var country])
            {
                countries.Add(new(id, country, row.GetInt32("code") ?? 0));
            }
            else if (Enum.TryParse<ControlKind>(row.GetString("kind"), out var kind))
            {
                broadcasts[row.RowKey] = new(kind, row.GetString("reason"), row.ETag, row.GetString("given"));
            }
        }

        if (begun is { } reading)
        {
            outbox!.Learn(reading, endpoints);
        }

        var ofAll = suspensions.Find(each => each.Profile is null);
        return new ControlSet(
            reconciliation is null ? ofAll : reconciliation.With(ofAll), broadcasts, countries.ToLookup(stop => stop.BroadcastId, StringComparer.Ordinal), circuits, reconciliation,
            suspensions.Where(each => each.Profile is not null).ToDictionary(each => each.Profile!, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Whether a row tells of its own time alone: a suspension, or a reconciliation. An export that is imported later must not bring it back.
    /// </summary>
    public static bool IsOfItsTime(TableEntity row) => ControlRows.Has(row) && (row.RowKey is SuspensionKey or Reconciliation.RowKey || ProfileOf(row) is not null);

    /// <summary>Shows that an instance's circuit breaker is open.</summary>
    public Task ReportCircuitAsync(OpenCircuit circuit, CancellationToken cancellation) => rows.PutAsync(
        new TableEntity(ControlRows.Partition, CircuitKey(circuit.Instance, circuit.Profile)) { ["since"] = circuit.Since, [NextProbeAt] = circuit.NextProbeAt, ["reason"] = circuit.Reason },
        cancellation);

    /// <summary>Shows it no more: it is closed, or its instance is gone.</summary>
    public Task ForgetCircuitAsync(string instance, string profile, CancellationToken cancellation) =>
        rows.DeleteAsync(CircuitKey(instance, profile), ETag.All, cancellation);

    /// <summary>Pauses a broadcast that is not held; a pause or cancellation that is there stays as it is.</summary>
    /// <param name="broadcastId">Which.</param>
    /// <param name="reason">Why it pauses itself; null: an operator asked for it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="given">The operator's reason; null: none was given.</param>
    public async Task PauseAsync(string broadcastId, string? reason, CancellationToken cancellation, string? given = null)
    {
        var told = outbox is null ? [] : await outbox.OfBroadcastAsync(
            ControlRows.Partition, EventTypes.BroadcastPaused, broadcastId, () => new() { ["broadcastId"] = broadcastId, ["reason"] = reason ?? given }, cancellation);
        while (true)
        {
            try
            {
                await rows.AddAsync(Row(broadcastId, ControlKind.Paused, reason, given), cancellation, told);
                outbox?.Written(told);
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
        var found = await rows.FindAsync(broadcastId, cancellation);
        if (found is null || found.GetString("kind") != nameof(ControlKind.Paused))
        {
            return found is not null;
        }

        try
        {
            await rows.MergeAsync(new TableEntity(ControlRows.Partition, broadcastId) { ["kind"] = nameof(ControlKind.Paused) }, found.ETag, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            return false; // changed or taken away meanwhile: the next try tells
        }
    }

    /// <summary>Cancels: whatever else is said at the same time, this stays.</summary>
    public Task CancelAsync(string broadcastId, CancellationToken cancellation) =>
        rows.PutAsync(Row(broadcastId, ControlKind.Canceled), cancellation);

    /// <summary>Takes a pause away, and only a pause: never a cancellation that came in between.</summary>
    public async Task UnpauseAsync(string broadcastId, CancellationToken cancellation)
    {
        var found = await rows.FindAsync(broadcastId, cancellation);
        if (found is not null && found.GetString("kind") == nameof(ControlKind.Paused))
        {
            try
            {
                await rows.DeleteAsync(broadcastId, found.ETag, cancellation);
            }
            catch (RequestFailedException e) when (e.IsConflict())
            {
                // canceled meanwhile
            }
        }
    }

    /// <summary>Sends a broadcast to a country no more; doing it twice is harmless.</summary>
    public Task StopCountryAsync(CountryStop stop, CancellationToken cancellation) => rows.PutAsync(
        new TableEntity(ControlRows.Partition, Key(stop)) { ["code"] = stop.Code, ["since"] = time.GetUtcNow() }, cancellation);

    /// <summary>Takes back every stop of a country within a broadcast.</summary>
    public Task StartCountriesAsync(string broadcastId, ControlSet held, CancellationToken cancellation) => Task.WhenAll(
        held.Countries[broadcastId].Select(stop => rows.DeleteAsync(Key(stop), ETag.All, cancellation)));

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
            await rows.DeleteAsync(broadcastId, hold.ETag, cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // changed since
        }
    }

    private static Suspension SuspensionOf(TableEntity row) => new(
        row.GetInt32("code") ?? 0, row.GetString("reason") ?? "", row.GetDateTimeOffset("since") ?? default, row.GetDateTimeOffset(NextProbeAt), row.ETag, ProfileOf(row));

    private static string? ProfileOf(TableEntity row) => row.RowKey.StartsWith($"{SuspensionKey}{ProfileSeparator}", StringComparison.Ordinal) ? row.RowKey[(SuspensionKey.Length + 1)..] : null;

    private static string SuspensionKeyOf(string? profile) => profile is null ? SuspensionKey : $"{SuspensionKey}{ProfileSeparator}{profile.ToLowerInvariant()}";

    private static OpenCircuit CircuitOf(TableEntity row)
    {
        var names = row.RowKey[CircuitPrefix.Length..].Split(ProfileSeparator, 2);
        return new(
            names[0], row.GetDateTimeOffset("since") ?? default, row.GetDateTimeOffset(NextProbeAt) ?? default, row.GetString("reason") ?? "", names.Length > 1 ? names[1] : Profile.DefaultName);
    }

    private static string CircuitKey(string instance, string profile) => CircuitPrefix + instance + (Profile.Shown(profile) is { } other ? ProfileSeparator + other : "");

    private static string Key(CountryStop stop) => $"{stop.BroadcastId}{CountrySeparator}{stop.Country}";

    private TableEntity Row(string broadcastId, ControlKind kind, string? reason = null, string? given = null) =>
        new(ControlRows.Partition, broadcastId) { ["kind"] = kind.ToString(), ["since"] = time.GetUtcNow(), ["reason"] = reason, ["given"] = given };
}

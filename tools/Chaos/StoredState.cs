using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using BulkSms.Chaos.Invariants;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Chaos;

/// <summary>What is in storage, read past the proxy.</summary>
/// <param name="storage">Its connection string.</param>
public sealed class StoredState(string storage)
{
    private const string BroadcastRows = "PartitionKey eq 'broadcasts' and RowKey ge 'b-' and RowKey lt 'b.'"; // what sorts after is no broadcast

    public async Task<IReadOnlyList<Recipient>> RowsAsync() =>
        [.. (await ReadAsync(TableNames.Recipients, null)).Select(row => Recipient.From(KeyOf(row), row))];

    public async Task<IReadOnlyList<StoredBroadcast>> BroadcastsAsync() => [.. (await ReadAsync(TableNames.Broadcasts, BroadcastRows)).Select(row => new StoredBroadcast(
        row.RowKey["b-".Length..], row.GetInt32("recipientsCount") ?? 0, row.GetString("totals") is { Length: > 0 } totals ? Totals(totals) : null, row.GetBoolean("canceled") ?? false, row.GetString("account"), row.GetString("approval"))
        {
            FirstPart = row.GetString("canaryStatus") is { } status ? new(status, DecidedAt: row.GetDateTimeOffset("canaryDecidedAt")) : null,
        })];

    public async Task<IReadOnlySet<string>> OptOutsAsync() =>
        (await ReadAsync(TableNames.OptOuts, null)).Select(row => row.RowKey).Where(key => key.StartsWith('+')).ToHashSet(StringComparer.Ordinal);

    /// <summary>Up to when the texts that a Messaging Service has received were read from Twilio's list; null: never.</summary>
    public async Task<DateTimeOffset?> InboundReadAsync(string service) =>
        (await ReadAsync(TableNames.OptOuts, TableClient.CreateQueryFilter($"RowKey eq {MissedTexts.RowOf(service)}"))).FirstOrDefault()?.GetDateTimeOffset("upTo");

    /// <summary>Messages in each queue that should be empty at rest, hidden ones too.</summary>
    public async Task<IReadOnlyDictionary<string, int>> QueuesAsync()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in QueueNames.All)
        {
            counts[name] = (await new QueueClient(storage, name).GetPropertiesAsync()).Value.ApproximateMessagesCount;
        }

        return counts;
    }

    private async Task<List<TableEntity>> ReadAsync(string table, string? filter) =>
        await new TableClient(storage, table).QueryAsync<TableEntity>(filter).ToListAsync();

    private static RecipientKey KeyOf(TableEntity row)
    {
        var parts = row.PartitionKey.Split('-');
        return new(parts[0], int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture), row.RowKey);
    }

    private static Dictionary<string, int> Totals(string totals) => totals.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(each => each.Split('=')).ToDictionary(each => each[0], each => int.Parse(each[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}

using System.Globalization;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Estimates;

/// <summary>A price that Twilio listed.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="PerSegment">The highest of the country's networks and kinds of sender, in US dollars: no estimate by it is too low.</param>
/// <param name="Lowest">The lowest of them.</param>
/// <param name="At">When it was asked for.</param>
public sealed record ImportedPrice(string Country, decimal PerSegment, decimal Lowest, DateTimeOffset At);

/// <summary>Prices that were imported: a row for each country, in a partition of the Broadcasts table of their own.</summary>
public sealed class ImportedPrices(TableServiceClient service)
{
    /// <summary>Most countries at a time: one transaction writes them.</summary>
    public const int Most = 100;

    private const string PerSegment = "perSegment";
    private const string Lowest = "lowest";
    private const string At = "at";
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    public async Task<IReadOnlyList<ImportedPrice>> ReadAsync(CancellationToken cancellation)
    {
        var prices = new List<ImportedPrice>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {PartitionNames.Prices}"), cancellationToken: cancellation))
        {
            if (Amount(row, PerSegment) is { } price)
            {
                prices.Add(new(row.RowKey, price, Amount(row, Lowest) ?? price, row.GetDateTimeOffset(At) ?? default));
            }
        }

        return prices;
    }

    /// <summary>Writes all or none; twice is harmless.</summary>
    public async Task PutAsync(IReadOnlyCollection<ImportedPrice> prices, CancellationToken cancellation)
    {
        if (prices.Count > 0)
        {
            await table.SubmitTransactionAsync(prices.Select(price => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity(PartitionNames.Prices, price.Country)
            {
                [PerSegment] = price.PerSegment.ToString(CultureInfo.InvariantCulture), [Lowest] = price.Lowest.ToString(CultureInfo.InvariantCulture), [At] = price.At,
            })), cancellation);
        }
    }

    // A table has no decimal numbers.
    private static decimal? Amount(TableEntity row, string column) =>
        decimal.TryParse(row.GetString(column), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}

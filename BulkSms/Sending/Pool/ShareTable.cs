using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending.Pool;

/// <summary>
/// The SendingShares table: a row for each instance that has something to send, in the partition of its Messaging Service, whose rate it is. Each call is made once: what failed is told
/// by the next reading.
/// </summary>
/// <param name="service">Storage.</param>
/// <param name="twilio">The Messaging Service of the profile <c>default</c>.</param>
/// <param name="messagingService">That of another profile; null: it is <c>default</c>.</param>
public sealed class ShareTable([FromKeyedServices(StorageServices.WithoutRetries)] TableServiceClient service, IOptions<TwilioOptions> twilio, string? messagingService = null)
{
    private const string Sequence = "sequence";
    private const string Since = "since";
    private const string High = "high";
    private const string Normal = "normal";
    private const string Rate = "rate";
    private const string Limit = "limit";
    private const double Thousand = 1000;
    private const double Exactness = 1e-6;
    private readonly TableClient table = service.GetTableClient(TableNames.SendingShares);

    private string Partition => messagingService ?? twilio.Value.MessagingServiceSid; // read when it is used: the check of settings at start says what is missing

    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="version">The version that it must have; null: it must not be there.</param>
    /// <param name="cancellation">Gives up: it may be written all the same.</param>
    /// <returns>Its new version.</returns>
    public async Task<string> WriteAsync(ShareRow row, string? version, CancellationToken cancellation)
    {
        var entity = new TableEntity(Partition, row.Instance)
        {
            [Sequence] = row.Sequence, [Since] = row.Since, [High] = Thousandths(row.Demand.High), [Normal] = Thousandths(row.Demand.Normal), [Rate] = Thousandths(row.Rate), [Limit] = Thousandths(row.Limit),
        };
        var written = version is null
            ? await table.AddEntityAsync(entity, cancellation)
            : await table.UpdateEntityAsync(entity, new ETag(version), TableUpdateMode.Replace, cancellation);
        return written.Headers.ETag?.ToString() ?? "";
    }

    /// <summary>Reads the rows of all instances.</summary>
    public async Task<IReadOnlyCollection<ShareReading>> ReadAsync(CancellationToken cancellation)
    {
        var rows = new List<ShareReading>();
        await foreach (var page in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation).AsPages())
        {
            var date = page.GetRawResponse().Headers.Date;
            rows.AddRange(page.Values.Select(row => new ShareReading(
                new(row.RowKey, row.GetInt64(Sequence) ?? 0, row.GetInt64(Since) ?? 0, new(Whole(row, High), Whole(row, Normal)), Whole(row, Rate), Whole(row, Limit)),
                row.ETag.ToString(),
                date - row.Timestamp ?? TimeSpan.Zero)));
        }

        return rows;
    }

    // Whole numbers, which storage gives back as it took them. Up: a row says no less than its instance computes with.
    private static long Thousandths(double value) => (long)Math.Ceiling((value * Thousand) - Exactness);

    private static double Whole(TableEntity row, string column) => (row.GetInt64(column) ?? 0) / Thousand;

    /// <summary>Takes a row away, unless it was changed.</summary>
    public Task DeleteAsync(string instance, string version, CancellationToken cancellation) => table.DeleteEntityAsync(Partition, instance, new ETag(version), cancellation);

    /// <summary>Deletes the rows of instances that have died, of whichever service.</summary>
    /// <returns>How many rows.</returns>
    public Task<int> DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellation) =>
        table.DeleteAllAsync(TableClient.CreateQueryFilter($"Timestamp lt {time}"), cancellation);
}

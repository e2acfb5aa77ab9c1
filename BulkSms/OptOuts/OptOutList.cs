using System.Globalization;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.OptOuts;

/// <summary>
/// The OptOuts table: people who said STOP, by <see cref="OptOutKey"/>, whichever Messaging Service they said it to, and a log of the changes. Both are in one partition, so that a
/// number and its line in the log are written in one transaction: the log never says what the list does not.
/// </summary>
public sealed class OptOutList(TableServiceClient service, TimeProvider time)
{
    /// <summary>Numbers that one transaction takes, beside their one line in the log.</summary>
    public const int TransactionSize = 99;

    /// <summary>How long the log of changes is kept: who has read nothing for so long must load the list.</summary>
    public static readonly TimeSpan LogKeptFor = TimeSpan.FromDays(1);

    /// <summary>How far the clocks of two instances may be apart: the log is keyed by its writer's clock.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    private const string Partition = "optouts";
    private const string Source = "source";
    private const string Since = "since";
    private const string OptedOut = "optedOut";
    private const string LogPrefix = "c-";
    private const string Phones = "phones";
    private const char Separator = ',';
    private readonly TableClient table = service.GetTableClient(TableNames.OptOuts);

    /// <summary>Adds numbers, all or none, at most <see cref="TransactionSize"/>.</summary>
    /// <returns>False when one of them is there already, and so none was added. It may be our own first try, whose answer was lost.</returns>
    public Task<bool> TryAddAsync(IReadOnlyCollection<string> numbers, string source, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return TryAsync(
            [
                .. numbers.Select(OptOutKey.Of).Distinct(StringComparer.Ordinal).Select(key => new TableTransactionAction(
                    TableTransactionActionType.Add, new TableEntity(Partition, key) { [Source] = source, [Since] = now })),
                Log(numbers, optedOut: true, now),
            ],
            cancellation);
    }

    /// <summary>Takes a number off the list.</summary>
    /// <returns>False when it is not on it.</returns>
    public Task<bool> TryRemoveAsync(string number, CancellationToken cancellation) => TryAsync(
        [
            new(TableTransactionActionType.Delete, new TableEntity(Partition, OptOutKey.Of(number)), ETag.All),
            Log([number], optedOut: false, time.GetUtcNow()),
        ],
        cancellation);

    /// <summary>The opt-out of a number, or null.</summary>
    public async Task<OptOut?> FindAsync(string number, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, OptOutKey.Of(number), cancellationToken: cancellation);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>In the order of the numbers, after the one named by its <see cref="OptOutKey"/>; pages of at most 1,000.</summary>
    public IAsyncEnumerable<IReadOnlyList<OptOut>> PagesAfterAsync(string? key, int? pageSize, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(Numbers(key), pageSize, cancellationToken: cancellation).AsPages()
            .Select(page => (IReadOnlyList<OptOut>)[.. page.Values.Select(Read)]);

    /// <summary>The whole list.</summary>
    public async Task<OptOutSet> LoadAsync(CancellationToken cancellation)
    {
        var numbers = new List<string>();
        DateTimeOffset? asOf = null;
        await foreach (var page in table.QueryAsync<TableEntity>(
            Numbers(null), select: [nameof(TableEntity.RowKey)], cancellationToken: cancellation).AsPages())
        {
            asOf ??= page.GetRawResponse().Headers.Date;
            numbers.AddRange(page.Values.Select(row => OptOutKey.PhoneOf(row.RowKey)));
        }

        return new(numbers, asOf ?? throw new InvalidOperationException("Storage gave no time."));
    }

    /// <summary>What has changed since a time, in no order, and the time of this reading, both by storage's clock.</summary>
    public async Task<(IReadOnlyList<OptOutChange> Changes, DateTimeOffset AsOf)> ChangesSinceAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Partition} and RowKey ge {LogKey(since - ClockSkew)} and RowKey lt {"d"} and Timestamp ge {since}");
        var changes = new List<OptOutChange>();
        DateTimeOffset? asOf = null;
        await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages())
        {
            asOf ??= page.GetRawResponse().Headers.Date;
            changes.AddRange(page.Values.SelectMany(row => (row.GetString(Phones) ?? "").Split(Separator)
                .Select(key => new OptOutChange(OptOutKey.PhoneOf(key), row.GetBoolean(OptedOut) ?? true, row.Timestamp ?? default))));
        }

        return (changes, asOf ?? since);
    }

    /// <summary>Forgets the log of changes before a time; the list itself is kept.</summary>
    public Task TrimLogAsync(DateTimeOffset before, CancellationToken cancellation) => table.DeleteAllAsync(
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {LogPrefix} and RowKey lt {LogKey(before)}"), cancellation);

    private async Task<bool> TryAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            return false;
        }
    }

    // One line for many numbers: the log stays short, however long the list that is imported.
    private static TableTransactionAction Log(IEnumerable<string> numbers, bool optedOut, DateTimeOffset now) => new(
        TableTransactionActionType.Add,
        new TableEntity(Partition, LogKey(now) + Guid.NewGuid().ToString("N")) { [Phones] = string.Join(Separator, numbers.Select(OptOutKey.Of)), [OptedOut] = optedOut });

    private static string LogKey(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{LogPrefix}{at.ToUnixTimeMilliseconds():x12}-");

    // Every key begins with a plus sign, and a comma comes right after it.
    private static string Numbers(string? after) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after ?? "+"} and RowKey lt {","}");

    private static OptOut Read(TableEntity row) => new(OptOutKey.PhoneOf(row.RowKey), row.GetDateTimeOffset(Since) ?? default, row.GetString(Source) ?? "");
}

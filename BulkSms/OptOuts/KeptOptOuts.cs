using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Storage.Calls;

namespace BulkSms.OptOuts;

/// <summary>
/// Hashes of numbers that are not texted although their persons are erased: rows of the OptOuts table beside the list, by the version of their key. Each variant of a number has one, so that it is
/// found however it is written, also by rules that come later.
/// </summary>
public sealed class KeptOptOuts(TableServiceClient service, StorageCalls calls, HashKeySource keys, TimeProvider time)
{
    private const string Prefix = "k-";
    private const string Since = "since";
    private const string HeardAt = "heardAt";
    private const string IsListed = "isListed";
    private const string KeptAt = "keptAt";
    private static readonly string[] Columns = [nameof(TableEntity.RowKey), Since];
    private readonly TableClient table = service.GetTableClient(TableNames.OptOuts);
    private readonly TableCalls rows = calls.Table(TableNames.OptOuts);

    /// <summary>Where the keys come from, for messages.</summary>
    public string KeysName => keys.Name;

    /// <summary>Whether there is a key to hash by.</summary>
    public async Task<bool> CanKeepAsync(CancellationToken cancellation) => (await keys.GetAsync([], cancellation)).Current is not null;

    /// <summary>Whether each hash has its key.</summary>
    /// <exception cref="InvalidOperationException">One has not; the message names it.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        try
        {
            var versions = await VersionsAsync(cancellation);
            if (versions.Count > 0 || !keys.IsInVault)
            {
                await keys.GetAsync(versions, cancellation);
            }
        }
        catch (RequestFailedException e) when (e.IsNotSetUp())
        {
            await (keys.IsInVault ? Task.CompletedTask : keys.GetAsync([], cancellation)); // no table, no hash
        }
    }

    /// <summary>Keeps a person's numbers. Doing it twice is harmless.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public async Task KeepAsync(Person person, CancellationToken cancellation)
    {
        var known = await keys.GetAsync([], cancellation);
        var version = known.Current ?? throw new InvalidOperationException($"{keys.Name} has no key.");
        var found = await table.GetEntityIfExistsAsync<TableEntity>(OptOutLog.Partition, OptOutKey.Of(person.Phone), cancellationToken: cancellation);
        var (now, plain) = (time.GetUtcNow(), found.HasValue ? found.Value : null);
        string[] names = [.. person.Numbers.Select(number => KeptNumbers.NameOf(version, known.Hash(version, number)))];
        try
        {
            await table.SubmitTransactionAsync(
                [
                    .. names.Select(name => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(OptOutLog.Partition, Prefix + name)
                    {
                        [Since] = plain?.GetDateTimeOffset(Since) ?? now,
                        [HeardAt] = plain?.GetDateTimeOffset(HeardAt) ?? plain?.GetDateTimeOffset(Since) ?? now,
                        [IsListed] = plain?.GetBoolean(IsListed) ?? false,
                        [KeptAt] = now,
                    })),
                    OptOutLog.KeptLine(names, isAdded: true, now),
                ],
                cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // kept before, or by our own first try
        }
    }

    /// <summary>All of them.</summary>
    /// <exception cref="InvalidOperationException">A key is missing; the message names it.</exception>
    public async Task<KeptNumbers> LoadAsync(CancellationToken cancellation)
    {
        var hashes = await table.QueryAsync<TableEntity>(After(Prefix), select: Columns, cancellationToken: cancellation)
            .Select(row => (Name: row.RowKey[Prefix.Length..], Since: row.GetDateTimeOffset(Since) ?? default)).ToListAsync(cancellation);
        return hashes.Count == 0 ? KeptNumbers.None : new(await keys.GetAsync([.. hashes.Select(each => KeptNumbers.VersionOf(each.Name)).Distinct()], cancellation), hashes);
    }

    /// <summary>What is kept of a phone; null: nothing.</summary>
    internal async Task<Kept?> FindAsync(string phone, CancellationToken cancellation)
    {
        var known = await keys.GetAsync([], cancellation);
        var names = OptOutKey.RecipientsOf(phone).SelectMany(number => known.Versions.Select(version => KeptNumbers.NameOf(version, known.Hash(version, number))));
        var rows = (await Task.WhenAll(names.Select(name => table.GetEntityIfExistsAsync<TableEntity>(OptOutLog.Partition, Prefix + name, cancellationToken: cancellation))))
            .Where(found => found.HasValue).Select(found => found.Value!).ToArray();
        return rows.Length == 0 ? null : new(
            [.. rows.Select(row => row.RowKey)],
            rows.Min(row => row.GetDateTimeOffset(Since) ?? default),
            rows.Max(row => row.GetDateTimeOffset(HeardAt) ?? default),
            rows.Max(row => row.GetDateTimeOffset(KeptAt) ?? default),
            rows.Any(row => row.GetBoolean(IsListed) ?? false));
    }

    /// <summary>What forgets them, as a part of a transaction.</summary>
    internal TableTransactionAction[] Removal(Kept? kept) => kept is null ? [] :
    [
        .. kept.Rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(OptOutLog.Partition, row), ETag.All)),
        OptOutLog.KeptLine(kept.Rows.Select(row => row[Prefix.Length..]), isAdded: false, time.GetUtcNow()),
    ];

    // From version to version, without reading what is between.
    private async Task<IReadOnlyCollection<int>> VersionsAsync(CancellationToken cancellation)
    {
        var versions = new List<int>();
        for (var after = Prefix; ;)
        {
            if (await FirstAsync(after, cancellation) is not { } first)
            {
                return versions;
            }

            versions.Add(KeptNumbers.VersionOf(first[Prefix.Length..]));
            after = $"{Prefix}{versions[^1]}/"; // a slash comes right after the dot that ends the version
        }
    }

    // Asked for before anything else when the app starts: by a call that needs little made ready.
    private async Task<string?> FirstAsync(string after, CancellationToken cancellation)
    {
        await foreach (var page in rows.PagesAsync(After(after), Columns, cancellation, rows: 1))
        {
            using var json = JsonDocument.Parse(page);
            foreach (var row in json.RootElement.GetProperty("value").EnumerateArray())
            {
                return row.GetProperty(nameof(TableEntity.RowKey)).GetString();
            }
        }

        return null;
    }

    private static string After(string key) => TableClient.CreateQueryFilter($"PartitionKey eq {OptOutLog.Partition} and RowKey gt {key} and RowKey lt {"k."}");

    /// <param name="Rows">The keys of its rows.</param>
    /// <param name="Since">When the person opted out, or was erased.</param>
    /// <param name="HeardAt">When they last said so.</param>
    /// <param name="KeptAt">When they were erased.</param>
    /// <param name="IsListed">Whether an operator or an import wanted them on the list.</param>
    internal sealed record Kept(IReadOnlyList<string> Rows, DateTimeOffset Since, DateTimeOffset HeardAt, DateTimeOffset KeptAt, bool IsListed);
}

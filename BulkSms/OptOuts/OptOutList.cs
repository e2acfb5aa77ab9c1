using Azure;
using Azure.Data.Tables;
using BulkSms.OptOuts.Wording;
using BulkSms.Outbox;
using BulkSms.Storage;

namespace BulkSms.OptOuts;

/// <summary>
/// The OptOuts table: people who said STOP, by <see cref="OptOutKey"/>, whichever Messaging Service they said it to, and a log of the changes. Both are in one partition, so that a
/// number and its line in the log are written in one transaction: the log never says what the list does not.
/// </summary>
/// <param name="service">Storage's tables.</param>
/// <param name="time">The clock.</param>
/// <param name="kept">What is kept of erased persons; null: nothing is.</param>
/// <param name="outbox">Gives the rows of events; null: no system is told.</param>
public sealed partial class OptOutList(TableServiceClient service, TimeProvider time, KeptOptOuts? kept = null, EventOutbox? outbox = null)
{
    /// <summary>Numbers that one transaction takes, beside their one line in the log, the event that tells of them, and a hash that is forgotten.</summary>
    public const int TransactionSize = 97;

    /// <summary>How long the log of changes is kept: who has read nothing for so long must load the list.</summary>
    public static readonly TimeSpan LogKeptFor = TimeSpan.FromDays(1);

    /// <summary>How long it is known which texts were handled.</summary>
    public static readonly TimeSpan HandledKeptFor = TimeSpan.FromDays(90);

    /// <summary>How far the clocks of two instances may be apart: the log is keyed by its writer's clock.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    private const string Source = "source";
    private const string Since = "since";
    private const string IsListed = "isListed";
    private const string HeardAt = "heardAt";
    private const string HeardSid = "heardSid";
    private const string HandledPrefix = "h-";
    private const string Verdict = "verdict";
    private const string Partition = OptOutLog.Partition;
    private readonly TableClient table = service.GetTableClient(TableNames.OptOuts);

    /// <summary>Adds numbers, all or none, at most <see cref="TransactionSize"/>.</summary>
    /// <returns>False when one of them is there already, and so none was added. It may be our own first try, whose answer was lost.</returns>
    public async Task<bool> TryAddAsync(IReadOnlyCollection<string> numbers, string source, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await TryAsync(
            [
                .. numbers.Select(OptOutKey.Of).Distinct(StringComparer.Ordinal).Select(key => new TableTransactionAction(
                    TableTransactionActionType.Add, new TableEntity(Partition, key) { [Source] = source, [Since] = now, [IsListed] = source is OptOutSource.Api or OptOutSource.Import })),
                OptOutLog.Line(numbers, OptOutLog.OptedOut, isAdded: true, now),
            ],
            await OptOutEvents.ChangedAsync(outbox, numbers, isOptedOut: true, source, cancellation),
            cancellation);
    }

    /// <summary>Takes a number off the list, and forgets a hash of it.</summary>
    /// <param name="number">Whose.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="read">Its row as it was read; null: however it is.</param>
    /// <returns>False when it is not on it, or has changed since.</returns>
    public async Task<bool> TryRemoveAsync(string number, CancellationToken cancellation, ETag? read = null) =>
        await FindEntryAsync(number, cancellation) is { } entry && await TryAsync(
            Removal(number, entry, entry.IsPlain ? read ?? ETag.All : ETag.All), await OptOutEvents.ChangedAsync(outbox, [number], isOptedOut: false, OptOutSource.Api, cancellation), cancellation);

    /// <summary>The opt-out of a number, or null.</summary>
    public async Task<OptOut?> FindAsync(string number, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, OptOutKey.Of(number), cancellationToken: cancellation);
        return found.HasValue ? Read(found.Value!) : await FindKeptAsync(number, cancellation) is { } hash ? new(number, hash.Since, OptOutSource.Erased) : null;
    }

    /// <summary>Whether the person of a number was erased at a time or after it: what they texted before is not handled once more.</summary>
    internal async Task<bool> IsErasedSinceAsync(string number, DateTimeOffset at, CancellationToken cancellation) => (await FindKeptAsync(number, cancellation))?.KeptAt >= at;

    /// <summary>The hashes of erased persons' numbers.</summary>
    internal Task<KeptNumbers> LoadKeptAsync(CancellationToken cancellation) => kept?.LoadAsync(cancellation) ?? Task.FromResult(KeptNumbers.None);

    /// <summary>What the list knows of a number beside what it shows; null: it is not on it.</summary>
    internal async Task<Entry?> FindEntryAsync(string number, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, OptOutKey.Of(number), cancellationToken: cancellation);
        var hash = await FindKeptAsync(number, cancellation);
        if (!found.HasValue)
        {
            return hash is null ? null : new(new(number, hash.Since, OptOutSource.Erased), hash.IsListed, hash.HeardAt, null, default) { IsPlain = false, Kept = hash };
        }

        var row = found.Value!;
        var optOut = Read(row);
        return new(optOut, row.GetBoolean(IsListed) ?? false, row.GetDateTimeOffset(HeardAt) ?? optOut.Since, row.GetString(HeardSid), row.ETag) { Kept = hash };
    }

    private Task<KeptOptOuts.Kept?> FindKeptAsync(string number, CancellationToken cancellation) => kept?.FindAsync(number, cancellation) ?? Task.FromResult<KeptOptOuts.Kept?>(null);

    // Of a hash the number is told to the log as well: an instance may know it from before its person was erased.
    private IEnumerable<TableTransactionAction> Removal(string number, Entry entry, ETag etag) =>
    [
        .. entry.IsPlain ? new TableTransactionAction[] { new(TableTransactionActionType.Delete, new TableEntity(Partition, OptOutKey.Of(number)), etag) } : [],
        OptOutLog.Line([number], OptOutLog.OptedOut, isAdded: false, time.GetUtcNow()),
        .. kept?.Removal(entry.Kept) ?? [],
    ];

    /// <summary>Puts a number on the list because of a text, or notes that it has texted again; and that the text is handled.</summary>
    /// <param name="number">Whose.</param>
    /// <param name="source">One of <see cref="OptOutSource"/>.</param>
    /// <param name="text">The text.</param>
    /// <param name="known">As it was found; null: it was not.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when the list has changed since.</returns>
    internal async Task<bool> TryHearAsync(string number, string source, HeardText text, Entry? known, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var row = new TableEntity(Partition, OptOutKey.Of(number)) { [HeardAt] = text.At, [HeardSid] = text.Sid ?? "" };
        if (known is { IsPlain: true })
        {
            return await TryAsync([new(TableTransactionActionType.UpdateMerge, row, known.ETag), .. Handled(number, text)], [], cancellation);
        }

        (row[Source], row[Since], row[IsListed]) = (source, now, false);
        return await TryAsync(
            [new(TableTransactionActionType.Add, row), OptOutLog.Line([number], OptOutLog.OptedOut, isAdded: true, now), .. Handled(number, text)],
            await OptOutEvents.ChangedAsync(outbox, [number], isOptedOut: true, source, cancellation),
            cancellation);
    }

    /// <summary>Takes a number off the list because of a text, and notes that this is handled.</summary>
    /// <returns>False when the list has changed since.</returns>
    internal async Task<bool> TryUndoAsync(string number, HeardText text, Entry known, CancellationToken cancellation) => await TryAsync(
        [.. Removal(number, known, known.ETag), .. Handled(number, text)], await OptOutEvents.ChangedAsync(outbox, [number], isOptedOut: false, OptOutSource.Text, cancellation), cancellation);

    /// <summary>Notes that a text is handled, and that a system is to be told of it.</summary>
    internal Task TellAsync(string number, HeardText text, TableTransactionAction[] told, CancellationToken cancellation) => TryAsync(Handled(number, text), told, cancellation);

    /// <summary>Notes that an operator, or an import, wants these numbers on the list, which were there already: then no START takes them off by itself.</summary>
    internal Task<bool> TryMarkListedAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation) => TryAsync(
        numbers.Select(OptOutKey.Of).Distinct(StringComparer.Ordinal).Select(key => new TableTransactionAction(
            TableTransactionActionType.UpdateMerge, new TableEntity(Partition, key) { [IsListed] = true }, ETag.All)),
        [],
        cancellation);

    /// <summary>Notes that a text is handled, and nothing else.</summary>
    internal Task RememberAsync(string number, HeardText text, CancellationToken cancellation) =>
        Handled(number, text) is [var only] ? table.UpsertEntityAsync(only.Entity, TableUpdateMode.Replace, cancellation) : Task.CompletedTask;

    /// <summary>Whether a text was handled before.</summary>
    internal async Task<bool> IsHandledAsync(string number, string? sid, CancellationToken cancellation) =>
        sid is not null && (await table.GetEntityIfExistsAsync<TableEntity>(Partition, HandledKey(number, sid), cancellationToken: cancellation)).HasValue;

    /// <summary>The handled STOPs of a number that were heard at a time or after it: the text's id, and when it was heard, by Twilio's clock or by ours.</summary>
    internal IAsyncEnumerable<(string Sid, DateTimeOffset HeardAt)> StopsHeardSinceAsync(string number, DateTimeOffset at, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(HandledOf(number), cancellationToken: cancellation)
            .Where(row => row.GetString(Verdict) == nameof(InboundVerdict.OptOut) && row.GetDateTimeOffset(HeardAt) >= at)
            .Select(row => (row.RowKey[HandledKey(number, "").Length..], row.GetDateTimeOffset(HeardAt)!.Value));

    /// <summary>Whether a START of a number is handled that was sent after a time.</summary>
    internal ValueTask<bool> HasStartedAfterAsync(string number, DateTimeOffset at, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(HandledOf(number), cancellationToken: cancellation)
            .AnyAsync(row => row.GetString(Verdict) == nameof(InboundVerdict.OptIn) && row.GetDateTimeOffset(HeardAt) > at, cancellation);

    /// <summary>The handled texts of a number: each one's id, what it asks for, and when it came.</summary>
    internal IAsyncEnumerable<(string Sid, string Verdict, DateTimeOffset At)> HandledAsync(string number, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(HandledOf(number), cancellationToken: cancellation)
            .Select(row => (row.RowKey[HandledKey(number, "").Length..], row.GetString(Verdict) ?? "", row.GetDateTimeOffset(HeardAt) ?? default));

    /// <summary>Forgets which texts were handled before a time. By then a START that is sent again is known to be old by Twilio's own time.</summary>
    public Task TrimHandledAsync(DateTimeOffset before, CancellationToken cancellation) => table.DeleteAllAsync(
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {HandledPrefix} and RowKey lt {"h."} and Timestamp lt {before}"), cancellation);

    internal static TableTransactionAction[] Handled(string number, HeardText text) => text.Sid is null ? [] :
    [
        new(TableTransactionActionType.UpsertReplace, new TableEntity(Partition, HandledKey(number, text.Sid)) { [HeardAt] = text.At, [Verdict] = text.Verdict.ToString() }),
    ];

    private static string HandledOf(string number) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {HandledKey(number, "")} and RowKey lt {HandledPrefix + OptOutKey.Of(number) + "/"}");

    // A dot is in no key of a phone, and a slash comes right after it.
    private static string HandledKey(string number, string sid) => $"{HandledPrefix}{OptOutKey.Of(number)}.{sid}";

    /// <summary>In the order of the numbers, after the one named by its <see cref="OptOutKey"/>; pages of at most 1,000.</summary>
    public IAsyncEnumerable<IReadOnlyList<OptOut>> PagesAfterAsync(string? key, int? pageSize, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(Numbers(key), pageSize, cancellationToken: cancellation).AsPages()
            .Select(page => (IReadOnlyList<OptOut>)[.. page.Values.Select(Read)]);

    /// <summary>The whole list.</summary>
    public async Task<OptOutSet> LoadAsync(CancellationToken cancellation)
    {
        var numbers = new List<(string, DateTimeOffset)>();
        DateTimeOffset? asOf = null;
        await foreach (var page in table.QueryAsync<TableEntity>(
            Numbers(null), select: [nameof(TableEntity.RowKey), Since], cancellationToken: cancellation).AsPages())
        {
            asOf ??= page.GetRawResponse().Headers.Date;
            numbers.AddRange(page.Values.Select(row => (OptOutKey.PhoneOf(row.RowKey), row.GetDateTimeOffset(Since) ?? default)));
        }

        var inReview = await table.QueryAsync<TableEntity>(ReviewList.Filter(null), select: [nameof(TableEntity.RowKey)], cancellationToken: cancellation)
            .Select(row => ReviewList.PhoneOf(row.RowKey)).ToListAsync(cancellation);
        var all = new OptOutSet(numbers, inReview, asOf ?? throw new InvalidOperationException("Storage gave no time."));
        return all.WithKept(await LoadKeptAsync(cancellation)); // read after that time: what is kept later is told by the log
    }

    /// <summary>What has changed since a time, in no order, and the time of this reading, both by storage's clock.</summary>
    public async Task<(IReadOnlyList<OptOutChange> Changes, DateTimeOffset AsOf)> ChangesSinceAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Partition} and RowKey ge {OptOutLog.Key(since - ClockSkew)} and RowKey lt {"d"} and Timestamp ge {since}");
        var changes = new List<OptOutChange>();
        DateTimeOffset? asOf = null;
        await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages())
        {
            asOf ??= page.GetRawResponse().Headers.Date;
            changes.AddRange(page.Values.SelectMany(OptOutLog.Read));
        }

        return (changes, asOf ?? since);
    }

    /// <summary>Forgets the log of changes before a time; the list itself is kept.</summary>
    public Task TrimLogAsync(DateTimeOffset before, CancellationToken cancellation) => table.DeleteAllAsync(
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {OptOutLog.Prefix} and RowKey lt {OptOutLog.Key(before)}"), cancellation);

    private async Task<bool> TryAsync(IEnumerable<TableTransactionAction> actions, TableTransactionAction[] told, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync([.. actions, .. told], cancellation);
            outbox?.Written(told);
            return true;
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            return false;
        }
    }

    // Every key begins with a plus sign, and a comma comes right after it.
    private static string Numbers(string? after) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after ?? "+"} and RowKey lt {","}");

    private static OptOut Read(TableEntity row) => new(OptOutKey.PhoneOf(row.RowKey), row.GetDateTimeOffset(Since) ?? default, row.GetString(Source) ?? "");
}

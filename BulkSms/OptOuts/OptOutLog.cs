using System.Globalization;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.OptOuts;

/// <summary>The log of changes, in the partition of the lists that it tells of: a change and its line are written in one transaction.</summary>
internal static class OptOutLog
{
    public const string Partition = PartitionNames.OptOuts;
    public const string Prefix = "c-";
    public const string Phones = "phones";
    public const string OptedOut = "optedOut";

    /// <summary>Instead of <see cref="OptedOut"/> in a line about the review list.</summary>
    public const string InReview = "inReview";

    /// <summary>Instead of <see cref="Phones"/> in a line about hashes.</summary>
    public const string Kept = "kept";

    /// <summary>In a line that says that phones were taken off the list which it must not name.</summary>
    private const string Reload = "reload";

    public const char Separator = ',';

    /// <summary>One line for many phones: the log stays short, however long the list that is imported.</summary>
    public static TableTransactionAction Line(IEnumerable<string> phones, string kind, bool isAdded, DateTimeOffset now) => new(
        TableTransactionActionType.Add,
        new TableEntity(Partition, Key(now) + Guid.NewGuid().ToString("N")) { [Phones] = string.Join(Separator, phones.Select(OptOutKey.Of)), [kind] = isAdded });

    /// <summary>A line about hashes of erased persons' numbers.</summary>
    public static TableTransactionAction KeptLine(IEnumerable<string> names, bool isAdded, DateTimeOffset now) => new(
        TableTransactionActionType.Add,
        new TableEntity(Partition, Key(now) + Guid.NewGuid().ToString("N")) { [Kept] = string.Join(Separator, names), [OptedOut] = isAdded });

    /// <summary>A line that names no phone: who reads it loads the list anew.</summary>
    public static TableEntity ReloadLine(DateTimeOffset now) => new(Partition, Key(now) + Guid.NewGuid().ToString("N")) { [Kept] = "", [OptedOut] = false, [Reload] = true };

    public static string Key(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{at.ToUnixTimeMilliseconds():x12}-");

    /// <summary>The changes that a line tells of.</summary>
    public static IEnumerable<OptOutChange> Read(TableEntity row) => row.ContainsKey(Kept) ? [new("", row.GetBoolean(OptedOut) ?? true, row.Timestamp ?? default, IsKept: true, IsReload: row.ContainsKey(Reload))] : (row.GetString(Phones) ?? "").Split(Separator).Select(key => new OptOutChange(
        OptOutKey.PhoneOf(key), row.GetBoolean(InReview) ?? row.GetBoolean(OptedOut) ?? true, row.Timestamp ?? default, row.ContainsKey(InReview)));
}

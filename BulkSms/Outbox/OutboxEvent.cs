using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Outbox;

/// <summary>An event that is to be told: what is written in the transaction of what it tells of.</summary>
/// <param name="Id">Never used twice, and the same each time that the event is told.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Subject">What it is about: events of one subject can be put into their order.</param>
/// <param name="Sequence">Of two events about one subject the later one has the higher number: milliseconds since 1970, raised above what the row said before.</param>
/// <param name="Data">What is told, as a JSON object.</param>
public sealed record OutboxEvent(string Id, string Type, string Subject, long Sequence, string Data)
{
    private const string Prefix = "event-";

    /// <summary>When it happened.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(Sequence);

    /// <summary>Whether a row of a partition is an event's.</summary>
    public static bool IsRow(TableEntity row) => row.RowKey.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The rows of events in a partition.</summary>
    internal static string In(string partition) => TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {Prefix} and RowKey lt {"event."}");

    internal TableEntity Write(string partition) => new(partition, Prefix + Id) { ["type"] = Type, ["subject"] = Subject, ["sequence"] = Sequence, ["data"] = Data };

    internal static OutboxEvent Read(TableEntity row) =>
        new(row.RowKey[Prefix.Length..], row.GetString("type") ?? "", row.GetString("subject") ?? "", row.GetInt64("sequence") ?? 0, row.GetString("data") ?? "{}");
}

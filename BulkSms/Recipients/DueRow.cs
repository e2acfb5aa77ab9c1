using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Recipients;

/// <summary>What tells when a recipient will be sent to.</summary>
/// <param name="To">E.164; empty: the person is erased.</param>
/// <param name="Segments">Billed parts of its own text; null: it has none.</param>
/// <param name="DueAt">Not to be sent before; null: at once.</param>
/// <param name="ExpiresAt">Not to be sent from then on; null: as the broadcast.</param>
public readonly record struct DueRow(string To, int? Segments, DateTimeOffset? DueAt, DateTimeOffset? ExpiresAt)
{
    internal static readonly string[] Columns = [RecipientColumns.To, RecipientColumns.Segments, RecipientColumns.DueAt, RecipientColumns.ExpiresAt];

    internal static DueRow From(TableEntity row) => new(
        row.GetString(RecipientColumns.To) ?? "",
        row.GetInt32(RecipientColumns.Segments) is { } segments and not 0 ? segments : null,
        row.GetTime(RecipientColumns.DueAt),
        row.GetTime(RecipientColumns.ExpiresAt));
}

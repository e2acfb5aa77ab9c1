using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Recipients;

/// <summary>What progress and cost are counted from.</summary>
/// <param name="Status">One of <see cref="RecipientStatus"/>.</param>
/// <param name="HeldFor">Why a pending one is held; null: it is not.</param>
/// <param name="Code">Twilio's code of a failure; 0: none.</param>
/// <param name="SentAt">When Twilio took it; null: it has not.</param>
/// <param name="IsPoisoned">Whether its poison message is written.</param>
/// <param name="To">E.164; null: not read.</param>
/// <param name="Segments">Billed parts of its own text; null: it has none, or it was not read.</param>
public readonly record struct CountedRow(string Status, string? HeldFor, int Code, DateTimeOffset? SentAt, bool IsPoisoned, string? To, int? Segments)
{
    /// <summary>The country that was billed, of an erased person; null: <see cref="To"/> tells.</summary>
    public string? Country { get; init; }

    internal static readonly string[] Columns = [RecipientColumns.Status, RecipientColumns.Code, RecipientColumns.SentAt, RecipientColumns.PoisonedAt, RecipientColumns.HeldFor];
    internal static readonly string[] BilledColumns = [.. Columns, RecipientColumns.To, RecipientColumns.Segments, RecipientColumns.Country];

    internal static CountedRow From(TableEntity row) => new(
        row.GetString(RecipientColumns.Status) ?? RecipientStatus.Pending,
        row.GetString(RecipientColumns.HeldFor) is { Length: > 0 } heldFor ? heldFor : null,
        row.GetInt32(RecipientColumns.Code) ?? 0,
        row.GetTime(RecipientColumns.SentAt),
        row.GetTime(RecipientColumns.PoisonedAt) is not null,
        row.GetString(RecipientColumns.To),
        row.GetInt32(RecipientColumns.Segments) is { } segments and not 0 ? segments : null)
    {
        Country = row.GetString(RecipientColumns.Country) is { Length: > 0 } country ? country : null,
    };
}

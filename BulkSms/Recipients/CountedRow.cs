namespace BulkSms.Recipients;

/// <summary>What progress and cost are counted from.</summary>
/// <param name="Status">One of <see cref="RecipientStatus"/>.</param>
/// <param name="HeldFor">Why a pending one is held; null: it is not.</param>
/// <param name="Code">Twilio's code of a failure; 0: none.</param>
/// <param name="SentAt">When Twilio took it; null: it has not.</param>
/// <param name="IsPoisoned">Whether its poison message is written.</param>
/// <param name="To">E.164; null: it is erased.</param>
/// <param name="Segments">Billed parts of its own text; null: it has none.</param>
public readonly record struct CountedRow(string Status, string? HeldFor, int Code, DateTimeOffset? SentAt, bool IsPoisoned, string? To, int? Segments)
{
    /// <summary>The country that was billed, of an erased person; null: <see cref="To"/> tells.</summary>
    public string? Country { get; init; }

    internal static readonly string[] Columns =
    [
        RecipientColumns.Status, RecipientColumns.Code, RecipientColumns.SentAt, RecipientColumns.PoisonedAt, RecipientColumns.HeldFor, RecipientColumns.To, RecipientColumns.Segments, RecipientColumns.Country,
    ];
}

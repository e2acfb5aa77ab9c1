using System.Text.Json.Serialization;
using BulkSms.Recipients;

namespace BulkSms.Api;

/// <summary>What became of one recipient.</summary>
/// <param name="To">The number.</param>
/// <param name="Status">See <see cref="RecipientStatus"/>.</param>
/// <param name="ProviderStatus">Twilio's word for the message; null: it has none yet.</param>
/// <param name="HeldFor">Why it is not sent to now; null: nothing holds it, or it is not pending.</param>
/// <param name="Attempts">Calls to Twilio begun.</param>
/// <param name="Sid">Twilio's id of the message.</param>
/// <param name="Code">Twilio's code, if it failed.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="SentAt">When Twilio took it.</param>
/// <param name="DueAt">Not sent before, while it is pending.</param>
/// <param name="UpdatedAt">When its row was last written.</param>
/// <param name="Line">The line of the file, or the row of the sheet, that named it.</param>
/// <param name="Index">Its index in the request's JSON.</param>
/// <param name="Written">The number as it was written.</param>
/// <param name="Reference">The caller's own name for it; null: none.</param>
/// <param name="Data">What else the caller gave; null: nothing.</param>
/// <param name="Clicks">How often shortened links of its message were followed; null: never, or there are none.</param>
public sealed record RecipientView(
    string To,
    string Status,
    string? ProviderStatus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? HeldFor,
    int Attempts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SentAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DueAt,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Written = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reference = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Data = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Clicks = null)
{
    public static RecipientView Of(Recipient row, string? heldFor) => new(
        row.To, row.Status, row.ProviderStatus, heldFor, row.Attempt, row.Sid, row.Code, row.Reason, row.SentAt,
        row.Status == RecipientStatus.Pending ? row.DueAt : null, row.Timestamp, row.Line, row.RequestIndex, row.Written ?? row.To, row.Reference,
        row.ReadData(), row.Clicks == 0 ? null : row.Clicks);
}

/// <summary>A page of recipients.</summary>
/// <param name="Recipients">The page, in no meaningful order.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record RecipientPage(IReadOnlyList<RecipientView> Recipients, string? Next);

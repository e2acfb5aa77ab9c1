using System.Text.Json.Serialization;

namespace BulkSms.Estimates;

/// <summary>One recipient's text as it would be sent.</summary>
/// <param name="Chosen">Why it is shown: <c>row</c> was asked for; else <c>first</c>, <c>longest</c>, <c>dearest</c>.</param>
/// <param name="Line">The line of the file, or the row of the sheet, that names the recipient.</param>
/// <param name="Index">Its index in the request's JSON.</param>
/// <param name="Reference">The caller's own name for it.</param>
/// <param name="To">The number.</param>
/// <param name="Text">The finished text; null: it is that of a content template.</param>
/// <param name="Characters">Its length in UTF-16 code units; null without a text.</param>
/// <param name="Encoding"><c>GSM-7</c> or <c>UCS-2</c>; null: the segments are not known.</param>
/// <param name="Segments">What is billed; null: not known.</param>
/// <param name="Country">ISO 3166-1 alpha-2; the calling code where the number tells no country.</param>
/// <param name="Cost">US dollars; null: no price is configured for the country.</param>
/// <param name="DueAt">When it may be sent.</param>
/// <param name="Why">Why then.</param>
/// <param name="ExpiresAt">Not from then on.</param>
/// <param name="ContentVariables">The variables of the content template; null: there are none.</param>
public sealed record SampleView(
    IReadOnlyList<string> Chosen,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reference,
    string To,
    string? Text,
    int? Characters,
    string? Encoding,
    int? Segments,
    string Country,
    decimal? Cost,
    DateTimeOffset? DueAt,
    string Why,
    DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? ContentVariables = null);

using System.Text.Json.Serialization;

namespace BulkSms.Broadcasts;

/// <summary>An entry of a request that is no recipient, and why.</summary>
/// <param name="Place">Its index in JSON, its line in a file.</param>
/// <param name="Written">The number as it was written; of what could not be read that far, what was there.</param>
/// <param name="Reason">One of <see cref="SkippedReason"/>.</param>
/// <param name="Reference">The caller's own name for it; null: none.</param>
/// <param name="Detail">What is wrong with an invalid one, in words.</param>
/// <param name="DuplicateOf">The place of the recipient whose phone it names again; null: it is no duplicate.</param>
/// <param name="HasOtherText">Whether its text would have been another than that recipient's.</param>
/// <param name="Since">When its number opted out, or could not get a text; null: neither.</param>
public readonly record struct SkippedEntry(
    int Place,
    string Written,
    string Reason,
    string? Reference = null,
    string? Detail = null,
    int? DuplicateOf = null,
    bool HasOtherText = false,
    DateTimeOffset? Since = null)
{
    /// <summary>The number as it was read, E.164; null: it could not be.</summary>
    public string? To { get; init; }

    /// <summary>Twilio's code of a number that could not get a text; null: it is another reason.</summary>
    public int? Code { get; init; }
}

/// <summary>Why an entry of a request is no recipient.</summary>
public static class SkippedReason
{
    /// <summary>Something is wrong with it, and <c>onInvalid=skip</c> left it out.</summary>
    public const string Invalid = "invalid";

    /// <summary>It names a phone that was named before.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Its number had opted out.</summary>
    public const string OptedOut = "optedOut";

    /// <summary>Its number could not get a text before, and <c>skipKnownBad</c> left it out.</summary>
    public const string KnownBad = "knownBad";
}

/// <summary>An entry that was left out, as the API shows it.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Index">Its index in the request's JSON.</param>
/// <param name="Written">The number as it was written; of what could not be read that far, what was there.</param>
/// <param name="Reference">The caller's own name for it.</param>
/// <param name="Reason"><c>invalid</c>, <c>duplicate</c>, <c>optedOut</c> or <c>knownBad</c>.</param>
/// <param name="Detail">The reason in words.</param>
/// <param name="DuplicateOf">Line or index of the recipient whose phone it names again.</param>
/// <param name="Since">When its number opted out, or could not get a text.</param>
public sealed record SkippedView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index,
    string Written,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reference,
    string Reason,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? DuplicateOf,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since)
{
    /// <summary>Shows an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="isFile">Whether places are lines of a file.</param>
    public static SkippedView Of(SkippedEntry entry, bool isFile) => new(
        isFile ? entry.Place : null, isFile ? null : entry.Place, entry.Written, entry.Reference, entry.Reason, DetailOf(entry, isFile), entry.DuplicateOf, entry.Since);

    private static string DetailOf(SkippedEntry entry, bool isFile) => entry.Reason switch
    {
        SkippedReason.Duplicate => FormattableString.Invariant(
            $"names the phone of {(isFile ? "line" : "entry")} {entry.DuplicateOf} again{(entry.HasOtherText ? ", with another text: onDuplicate=each sends both" : "")}"),
        SkippedReason.OptedOut => FormattableString.Invariant($"has opted out since {entry.Since?.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"),
        SkippedReason.KnownBad => FormattableString.Invariant($"could not get a text at {entry.Since?.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} (Twilio's code {entry.Code})"),
        _ => entry.Detail ?? "",
    };
}

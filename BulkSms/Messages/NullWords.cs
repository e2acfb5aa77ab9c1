using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace BulkSms.Messages;

/// <summary>What programs and spreadsheets write where a value is missing, or could not be calculated: <c>NULL</c>, <c>#N/A</c>. A text that greets "NULL" is a mistake.</summary>
internal static partial class NullWords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "NULL", "(NULL)", "<NULL>", "[NULL]", "\\N", "NONE", "NAN", "N/A", "N.A.", "#N/A", "#N/A N/A", "#NA", "UNDEFINED", "[OBJECT OBJECT]", "INFINITY", "-INFINITY", "DBNULL",
        "#NV", "#N/D", "#N/B", "#N/P", "#I/T", "#BRAK", "#SAKNAS!", "#PUUTTUU", "#YOK", "#GETTING_DATA", "#CALC!", "#SPILL!",
        "-1.#IND", "1.#QNAN", "-NAN", "<NA>", "NULL NULL", "UNDEFINED UNDEFINED", "NONE NONE", "NAN NAN", "INVALID DATE", "LOADING...", "(BLANK)", "(LEER)", "(VIDE)", "(EN BLANCO)",
        "0000-00-00", "00.00.0000", "00/00/0000", "1900-01-00", "00.01.1900", "1/0/1900", "0000-00-00 00:00:00",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a value is one.</summary>
    public static bool Has(string value) => value.Length is > 0 and <= 20 && (Words.Contains(value) || value is "NA" or "nil" or "NaT" || Error().IsMatch(value));

    // #REF!, #DIV/0!, #NAME?, #¡VALOR!, #BEZUG!, and a cell that is too narrow.
    [GeneratedRegex(@"^(#[¡¿]?[\p{Lu}0-9/_]{2,16}[!?]|#{3,20}|Err:[0-9]{3})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Error();
}

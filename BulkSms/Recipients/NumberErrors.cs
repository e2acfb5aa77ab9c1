using System.Globalization;
using System.Text;

namespace BulkSms.Recipients;

/// <summary>What is wrong with a number, in words for the caller. They may hold the number: they go back to the caller in a problem document, and nowhere else.</summary>
internal static class NumberErrors
{
    private const int MaxShown = 32;
    private const int WholeNumber = 7;
    public const string NoNumber = "must be a phone number, such as +15551234567";
    public const string NoRegion = "has no + and country code: write it as +15551234567, or name its country in defaultRegion";
    public const string UnknownCountry = "has a country code that does not exist";
    public const string TooShort = "is too short for its country";
    public const string TooLong = "is too long for its country";
    public const string NoAreaCode = "has no area code";
    public const string Impossible = "is not a possible number in its country";
    public const string NotValid = "is not a valid number: its country has not given out such numbers";
    public const string Extension = "has an extension, which a text cannot reach";
    public const string Date = "reads as a date: is it in the right column?";
    public const string Scientific = "is in scientific notation, which has lost digits: format the column as text and enter the number again";

    public const string Rounded = "has only zeros after its first digits, like a number that a spreadsheet has rounded (4.91512E+11): enter the number again as text, with its +";

    /// <summary>An error with what was read, so that it can be found. What may be a person's whole number is not repeated: the place of the error finds it.</summary>
    public static string Of(string written, string error)
    {
        var shown = string.Concat(written.Where(character => !char.IsControl(character))).Trim();
        return shown.Length == 0 || shown.Count(char.IsDigit) >= WholeNumber ? error : $"\"{(shown.Length > MaxShown ? shown[..MaxShown] + "…" : shown)}\" {error}";
    }

    /// <summary>Whether an error is that nothing says which country a number is in.</summary>
    public static bool IsNoRegion(string error) => error.Contains(NoRegion, StringComparison.Ordinal);

    public static string TooManyCharacters(int most) => Text($"{NoNumber}; it has more than {most} characters");

    public static string Decimal(NumberMark mark) => Text(
        $"reads as a decimal, by '{mark.Character}' at position {mark.Position}: format the column as text, and write a number's parts with spaces");

    public static string Character(Rune rune, int position) => Text($"has {Describe(rune)} at position {position}; a phone number has digits, spaces, hyphens, dots, a slash or brackets{Guess(rune)}");

    public static string Plus(NumberMark mark) => Text($"has '+' at position {mark.Position}: a plus sign is read only before the country code");

    public static string Bracket(NumberMark mark) => Text($"has '{mark.Character}' at position {mark.Position}: one pair of brackets is read, with digits in it and after it");

    public static string Hyphen(NumberMark mark) => Text($"has '-' at position {mark.Position}: one hyphen at a time is read, between digits");

    public static string Dots(NumberMark mark) => Text($"has '.' at position {mark.Position}: several dots are read only between groups of two or more digits");

    public static string Slash(NumberMark mark) => Text($"has '/' at position {mark.Position}: one slash is read, after the area code. Are these two numbers?");

    public static string NoTexts(string type) => $"is {type}, which gets no texts: remove it, or leave out strict";

    public static string Ambiguous(IEnumerable<string> readings) => $"could be {string.Join(" or ", readings)}: write the one that is meant, with its +";

    public static string AsInNorthAmerica(string foreign) => $"perhaps {foreign}, with the 011 that North America dials before it: write the one that is meant, with its +";

    public static string InTwoCountries(string here, string region, string there, string other) =>
        $"could be {here} in {region}, the defaultRegion, or {there} in {other}, the country that its entry names: write the one that is meant, with its +";

    public static string Perhaps(string foreign, string own, string region, string trunk) =>
        $"perhaps {foreign}, whose + is lost: in {region} it is {own}, which is no mobile. Write the one that is meant with its +{(trunk.Length == 0 ? "" : $", or with {trunk} before the area code")}";

    public static string WithHint(string error, string? foreign) => foreign is null ? error : $"{error}; perhaps {foreign}, whose + is lost";

    /// <summary>A character that is not read: by itself if it is seen, else by its Unicode name.</summary>
    private static string Describe(Rune rune) => InvisibleCharacters.NameOf(rune) is { } name ? Text($"{name} (U+{rune.Value:X4})")
        : Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse or UnicodeCategory.Control or UnicodeCategory.Format => Text($"U+{rune.Value:X4}"),
            _ => Text($"{(Rune.IsLetter(rune) ? "the letter " : Rune.IsDigit(rune) ? "the digit " : "")}'{rune}'{(rune.IsAscii ? "" : $" (U+{rune.Value:X4})")}"),
        };

    private static string Guess(Rune rune) => rune.Value switch
    {
        'O' or 'o' or 0x041E or 0x043E => ". Is it a zero?",
        'I' or 'l' or 'i' or '|' => ". Is it the digit 1?",
        'S' or 's' => ". Is it the digit 5?",
        'B' => ". Is it the digit 8?",
        _ when !rune.IsAscii && Rune.IsDigit(rune) => ". Write the digits as 0 to 9.",
        _ => "",
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

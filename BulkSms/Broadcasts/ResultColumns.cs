using System.Buffers;
using System.Globalization;

namespace BulkSms.Broadcasts;

/// <summary>
/// The columns of <c>results.csv</c> that are ours, beside those of the caller's data. The file can be sent again as a list: then the number and the reference are read, the other
/// columns of ours are no data, and what was written so that no cell is a formula is taken back.
/// </summary>
/// <param name="First">Index of the first of them, after that of the number.</param>
/// <param name="Number">Index of that of the number; null: it was moved away.</param>
/// <param name="Count">How many they are: a file of before has no clicks.</param>
public sealed record ResultColumns(int First, int? Number, int Count)
{
    public const string To = "to";

    /// <summary>Before a name of ours that the caller's data has, too: theirs keeps its name, as the message may use it.</summary>
    private const string Prefix = "sms:";

    private const string Clicks = "clicks";
    private const char Apostrophe = '\'';
    private const int ReferenceAt = 2;

    /// <summary>What a spreadsheet takes for the beginning of a formula.</summary>
    private static readonly SearchValues<char> Formulas = SearchValues.Create("=+-@\t\r");

    private static readonly string[] OfLines =
    [
        "line", "written", "reference", "status", "providerStatus", "heldFor", "attempts", "sid", "code", "reason", "sentAt", "dueAt", "updatedAt", Clicks,
    ];

    private static readonly string[] OfIndexes = ["index", .. OfLines[1..]];

    /// <summary>The column with the caller's references.</summary>
    public int Reference => First + ReferenceAt;

    /// <summary>Whether a column is one of ours.</summary>
    public bool Contains(int index) => index >= First && index < First + Count;

    /// <summary>Our columns in a file's header; null: it is no such file.</summary>
    public static ResultColumns? FindIn(IReadOnlyList<string> headers)
    {
        for (var first = 0; first + OfLines.Length - 1 <= headers.Count; first++)
        {
            if (Are(headers, first, OfLines) || Are(headers, first, OfIndexes))
            {
                var clicks = first + OfLines.Length - 1;
                var hasClicks = clicks < headers.Count && Is(headers[clicks], Clicks);
                return new(first, first > 0 && Is(headers[first - 1], To) ? first - 1 : null, hasClicks ? OfLines.Length : OfLines.Length - 1);
            }
        }

        return null;
    }

    /// <summary>The header.</summary>
    /// <param name="isFile">Whether recipients are named by line, else by index.</param>
    /// <param name="data">The names of the data.</param>
    public static IEnumerable<string> Header(bool isFile, IReadOnlyList<string> data)
    {
        var taken = data.Select(Loose).ToHashSet(StringComparer.Ordinal);
        return [.. new[] { To }.Concat(isFile ? OfLines : OfIndexes).Select(name => taken.Contains(Loose(name)) ? Prefix + name : name), .. data.Select(Escape)];
    }

    /// <summary>A cell that no spreadsheet takes for a formula; <see cref="Unescape"/> takes it back, whatever it was.</summary>
    public static string Escape(string text) => IsFormula(text) ? Apostrophe + text : text;

    /// <summary>The reverse of <see cref="Escape"/>.</summary>
    public static string Unescape(string text) => text.StartsWith(Apostrophe) && IsFormula(text) ? text[1..] : text;

    // One that begins with apostrophes is written with one more, so that the first can always be taken away.
    private static bool IsFormula(string text) => text.AsSpan().TrimStart(Apostrophe) is { IsEmpty: false } rest && Formulas.Contains(rest[0]);

    // All but the clicks.
    private static bool Are(IReadOnlyList<string> headers, int first, string[] names)
    {
        for (var i = 0; i < names.Length - 1; i++)
        {
            if (!Is(headers[first + i], names[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(string header, string name) => header.AsSpan().Trim() is var trimmed && (trimmed.SequenceEqual(name) || trimmed.SequenceEqual(Prefix + name));

    // Names that differ by case, blanks and the like only are one name to a reader of files.
    private static string Loose(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpper(CultureInfo.InvariantCulture);
}

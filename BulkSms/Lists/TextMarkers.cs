namespace BulkSms.Lists;

/// <summary>How people keep a spreadsheet from reading a text as a number or a formula: <c>'+1…</c> and <c>="+1…"</c> are what they mark.</summary>
public static class TextMarkers
{
    private const string Formulas = "=+-@\t\r";

    /// <summary>A cell without its marker. An apostrophe that begins a word is none.</summary>
    public static string Remove(string text) => text switch
    {
        ['=', '"', .. var inner, '"'] when IsOneString(inner) => inner.Replace("\"\"", "\"", StringComparison.Ordinal),
        ['\'', var first, ..] when Formulas.Contains(first, StringComparison.Ordinal) => text[1..],
        _ => text,
    };

    /// <summary>The same for a cell of the numbers' column, where an apostrophe begins no word.</summary>
    public static string RemoveFromNumber(string text) => Remove(text.Trim()) switch
    {
        ['\'' or '’' or '‘' or '`' or '´', .. var number] => number,
        var number => number,
    };

    private static bool IsOneString(string inner)
    {
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '"' && (++i == inner.Length || inner[i] != '"'))
            {
                return false;
            }
        }

        return true;
    }
}

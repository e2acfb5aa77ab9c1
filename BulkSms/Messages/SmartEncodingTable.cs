namespace BulkSms.Messages;

/// <summary>
/// What smart encoding replaces: Twilio's published list of 2024-06-26, read on 2026-11-26. Source: https://www.twilio.com/docs/messaging/services/smart-encoding-char-list, and as code in
/// https://github.com/TwilioDevEd/message-segment-calculator/blob/main/src/libs/SmartEncodingMap.ts (MIT). It differs from that list where words would change:
/// <list type="bullet">
/// <item>No letter and no accent is replaced. The list's 51 letters (full width, small capitals, U+01C3) and 15 combining marks are left out.</item>
/// <item>Control characters below U+0020 but the tab are left out: a text that has one is refused.</item>
/// <item>A space or tab of whatever width becomes one space; the code has two, and seven.</item>
/// <item>U+2039 becomes &lt; and U+203A &gt;; the code has them the other way round.</item>
/// </list>
/// </summary>
internal static class SmartEncodingTable
{
    /// <summary>What comes in, and the characters that it comes in for.</summary>
    public static readonly (string Becomes, string Characters)[] Rows =
    [
        ("\"", "\u00AB\u00BB\u02BA\u02EE\u201C\u201D\u201E\u201F\u275D\u275E\u301D\u301E\uFF02"),
        ("'", "\u0060\u00B4\u02B9\u02BB\u02BC\u02BD\u02C8\u02CA\u02CB\u2018\u2019\u201B\u275B\u275C\uFE10\uFE11\uFF07"),
        ("/", "\u00F7\u2044\u2215\u29F8\uFF0F"),
        ("1/4", "\u00BC"),
        ("1/2", "\u00BD"),
        ("3/4", "\u00BE"),
        ("\\", "\u29F5\u29F9\uFE68\uFF3C"),
        ("_", "\u2017\uFF3F"),
        ("|", "\u2223\u239C\u239F\u23B8\u23B9\u23D0\uFF5C"),
        ("-", "\u2010\u2013\u2014\u2015\u2022\u2043\u23BC\u23BD\uFE63\uFF0D"),
        ("@", "\uFE6B\uFF20"),
        ("$", "\uFE69\uFF04"),
        ("!", "\uFE15\uFE57\uFF01"),
        ("#", "\uFE5F\uFF03"),
        ("%", "\uFE6A\uFF05"),
        ("&", "\uFE60\uFF06"),
        (",", "\u201A\u3001\uFE50\uFE51\uFF0C\uFF64"),
        ("(", "\u2768\u276A\u27EE\u2985\uFE59\uFF08"),
        (")", "\u2769\u276B\u27EF\u2986\uFE5A\uFF09"),
        ("*", "\u204E\u2217\u229B\u2722\u2723\u2724\u2725\u2731\u2732\u2733\u273A\u273B\u273C\u273D\u2743\u2749\u274A\u274B\u29C6\uFE61\uFF0A"),
        ("+", "\u02D6\uFE62\uFF0B"),
        (".", "\u3002\uFE52\uFF0E\uFF61"),
        ("0", "\uFF10"),
        ("1", "\uFF11"),
        ("2", "\uFF12"),
        ("3", "\uFF13"),
        ("4", "\uFF14"),
        ("5", "\uFF15"),
        ("6", "\uFF16"),
        ("7", "\uFF17"),
        ("8", "\uFF18"),
        ("9", "\uFF19"),
        (":", "\u02D0\u02F8\u2982\uA789\uFE13\uFF1A"),
        (";", "\u204F\uFE14\uFE54\uFF1B"),
        ("<", "\u2039\uFE64\uFF1C"),
        ("=", "\uA78A\uFE66\uFF1D"),
        (">", "\u203A\uFE65\uFF1E"),
        ("?", "\uFE16\uFE56\uFF1F"),
        ("^", "\u02C6\uFF3E"),
        ("{", "\u2774\uFE5B\uFF5B"),
        ("}", "\u2775\uFE5C\uFF5D"),
        ("[", "\uFF3B"),
        ("]", "\uFF3D"),
        ("~", "\u02DC\u02F7\u223C\uFF5E"),
        (" ", "\u0009\u0080\u008D\u0090\u009B\u009F\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F"
            + "\u3000"),
        ("", "\u200B\u2060\uFEFF"),
        ("!!", "\u203C"),
        ("...", "\u2026"),
    ];
}

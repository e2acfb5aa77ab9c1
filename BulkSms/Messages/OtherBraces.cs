using System.Text.RegularExpressions;

namespace BulkSms.Messages;

/// <summary>What other tools write for a placeholder, such as <c>{name}</c>, <c>((name))</c> or <c>%name%</c>: a text that holds it was written for them, and would be sent as it is.</summary>
public static partial class OtherBraces
{
    /// <summary>The first one of a text; null: there is none.</summary>
    public static string? FindIn(string literal) => Pattern().Match(literal) is { Success: true } found ? found.Value : null;

    // Names as placeholders have them, with or without what stands for a missing value; blanks as word processors write them, two braces as keyboards of East Asia do.
    private const string Blank = @"[\x20\u00a0\u2007\u202f\u3000]{0,8}";
    private const string Name = Blank + @"[$%#@!]?[\p{L}\p{Nd}_.-][\p{L}\p{M}\p{Nd}_.%\x20\u00a0\u2007\u202f\u3000-]{0,71}";
    private const string NameInBraces = Blank + @"[$%#@!]?[\p{L}\p{Nd}_.-][\p{L}\p{M}\p{Nd}_.%'’()/&#:\x20\u00a0\u2007\u202f\u3000-]{0,71}";
    private const string Default = @"(\|[^{}\r\n]{0,200})?";

    [GeneratedRegex(
        @"\{" + NameInBraces + Default + @"\}|[｛﹛❴]{2}" + NameInBraces + Default + @"[｝﹜❵]{2}|\(\(" + Name + Default + @"\)\)|\[\[" + Name + Default + @"\]\]|<<" + Name + Default + @">>"
        + @"|\*\|" + Name + @"\|\*|%%" + Name + @"%%|(?<![\p{L}\p{Nd}%])%[\p{L}_][\p{L}\p{Nd}_]{0,71}%(?![\p{L}\p{Nd}%])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

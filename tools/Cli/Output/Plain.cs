using System.Globalization;

namespace BulkSms.Cli.Output;

/// <summary>Texts and numbers as they are shown.</summary>
internal static class Plain
{
    /// <summary>A text of others on one line: a control character could move the cursor, or turn the writing round.</summary>
    public static string Line(string? text) => string.Concat((text ?? "").ReplaceLineEndings("↵").Select(c => c == '\t' ? ' ' : char.IsControl(c) || TurnsWriting(c) ? '\uFFFD' : c));

    public static string Money(double? amount) => amount is { } known ? known.ToString("#,##0.00##", CultureInfo.InvariantCulture) + " USD" : "not known";

    public static string Time(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";

    /// <summary>A word of the API, such as <c>optedOut</c>, for one of the generated words.</summary>
    public static string Word<T>(T? word)
        where T : struct, Enum => word is { } is_ ? char.ToLowerInvariant(is_.ToString()[0]) + is_.ToString()[1..] : "";

    public static string Many(long number, string one) => $"{Terminal.Number(number)} {one}{(number == 1 ? "" : "s")}";

    private static bool TurnsWriting(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F';
}

using System.Buffers;

namespace BulkSms.Common;

/// <summary>Whether a text from outside is hexadecimal of an exact length, before it becomes part of a key or a filter.</summary>
public static class Hex
{
    private static readonly SearchValues<char> Lower = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Any = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsLower(string? text, int length) => text?.Length == length && !text.AsSpan().ContainsAnyExcept(Lower);

    public static bool IsAny(ReadOnlySpan<char> text, int length) => text.Length == length && !text.ContainsAnyExcept(Any);
}

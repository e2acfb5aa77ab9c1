using System.Buffers;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>The percent-encoding of an address: what is none would be read as it stands, as a text or name.</summary>
public static class QueryEncoding
{
    private const int LongestName = 64;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    /// <summary>400 naming each parameter that is not encoded as UTF-8 in percent; null when all are.</summary>
    public static IResult? Refusal(QueryString query)
    {
        var errors = new FieldErrors();
        foreach (var parameter in (query.Value ?? "").TrimStart('?').Split('&'))
        {
            if (!IsValid(parameter))
            {
                var name = parameter.Split('=')[0];
                errors.Add(Printable(name), "must be encoded in percent, as UTF-8, such as %C3%B6");
            }
        }

        return errors.Any ? Problems.Invalid(errors) : null;
    }

    /// <summary>The name of a parameter as an error may show it.</summary>
    public static string Printable(string name) => name.Length is > 0 and <= LongestName && !name.AsSpan().ContainsAnyExcept(NameCharacters) ? name : "query";

    private static bool IsValid(ReadOnlySpan<char> text)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(1, text.Length));
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.Write([(byte)(text[i] < 0x80 ? text[i] : '?')]);
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Write(Convert.FromHexString(text.Slice(i + 1, 2)));
                i += 2;
            }
            else
            {
                return false;
            }
        }

        return Utf8.IsValid(bytes.WrittenSpan);
    }
}

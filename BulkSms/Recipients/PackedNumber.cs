using System.Globalization;

namespace BulkSms.Recipients;

/// <summary>An E.164 number as an integer, of its digits: a country code begins with none of zero, so the digits come back as they were.</summary>
internal static class PackedNumber
{
    /// <summary>What stands for a text that is not such a number.</summary>
    public const ulong None = 0;

    private const int MostDigits = 18; // all that surely fit
    private const ulong LeastWithVariants = 100_000_000_000; // twelve digits

    /// <summary>The integer; <see cref="None"/>: the text is not a plus sign and at most 18 digits, the first of them not zero.</summary>
    public static ulong Of(string number)
    {
        if (number.Length is < 2 or > MostDigits + 1 || number[0] != '+' || number[1] == '0')
        {
            return None;
        }

        var packed = 0UL;
        for (var i = 1; i < number.Length; i++)
        {
            if (!char.IsAsciiDigit(number[i]))
            {
                return None;
            }

            packed = (packed * 10) + (ulong)(number[i] - '0');
        }

        return packed;
    }

    /// <summary>The number in E.164.</summary>
    public static string Write(ulong packed)
    {
        Span<char> text = stackalloc char[MostDigits + 1];
        text[0] = '+';
        packed.TryFormat(text[1..], out var digits, default, CultureInfo.InvariantCulture);
        return new(text[..(digits + 1)]);
    }

    /// <summary>The number that stands for the phone: see <see cref="NumberVariants.KeyOf"/>.</summary>
    public static ulong KeyOf(ulong packed)
    {
        if (packed < LeastWithVariants)
        {
            return packed;
        }

        var country = packed;
        while (country >= 100)
        {
            country /= 10;
        }

        return country is 52 or 54 or 55 ? Of(NumberVariants.KeyOf(Write(packed))) : packed;
    }
}

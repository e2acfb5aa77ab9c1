using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>
/// By what a phone is known on the list, however it is written: see <see cref="NumberVariants"/>. A sender that is no number (a short code, a name, what a carrier
/// made of it) is known as it came.
/// </summary>
public static class OptOutKey
{
    /// <summary>Begins the key of a sender that is no number: after the numbers in the table's order.</summary>
    private const string AsItCame = "+~";

    /// <summary>The row key, which a table takes whatever the sender holds.</summary>
    public static string Of(string phone) => IsNumber(phone) ? NumberVariants.KeyOf(phone) : AsItCame + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(phone));

    /// <summary>Whether a phone is known by a number, not by what a sender is called.</summary>
    public static bool IsNumber(string phone) => phone.StartsWith('+') && Digits(phone) is not null;

    /// <summary>Whether a text is the key of a phone.</summary>
    public static bool IsKey(string text) => Of(PhoneOf(text)) == text;

    /// <summary>Back from the row key.</summary>
    public static string PhoneOf(string key) => key.StartsWith(AsItCame, StringComparison.Ordinal) && Base64Url.IsValid(key.AsSpan(AsItCame.Length))
        ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(key.AsSpan(AsItCame.Length)))
        : key;

    /// <summary>Every number that a recipient can have who is this phone.</summary>
    public static IReadOnlyList<string> RecipientsOf(string phone) => Digits(phone) is { } digits ? NumberVariants.Of($"+{digits}") : [];

    /// <summary>The same in 8 bytes: a number's digits; of what is no number a hash, below zero. A sender without a plus sign is the number with it: not texting is the safe side.</summary>
    internal static long Short(string phone) =>
        Digits(phone) is { } digits && long.TryParse(NumberVariants.KeyOf($"+{digits}").AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(phone))) | long.MinValue;

    private static string? Digits(string phone)
    {
        var digits = phone.AsSpan(phone.StartsWith('+') ? 1 : 0);
        return digits.Length is 0 or > 18 || digits.ContainsAnyExceptInRange('0', '9') ? null : digits.ToString();
    }
}

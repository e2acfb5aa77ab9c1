using System.Diagnostics.CodeAnalysis;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>Who sends a text to us: a number, however the carrier writes it, or what it is called (a short code, a name).</summary>
public static class OptOutSender
{
    /// <summary>Begins a sender that is no number where a number is expected: in the import and the export.</summary>
    public const string Scheme = "sender:";

    private const int MaxLength = 100;

    /// <summary>How Twilio names numbers of other channels.</summary>
    private static readonly string[] Channels = ["whatsapp:", "rcs:", "sms:"];

    /// <summary>The phone as the list knows it; false for a sender without a name, or with a very long one.</summary>
    /// <param name="from">The sender as it came.</param>
    /// <param name="phone">The number; else the sender as it came.</param>
    /// <param name="isNumber">Whether it is a number.</param>
    public static bool TryRead(string? from, [NotNullWhen(true)] out string? phone, out bool isNumber)
    {
        var text = from ?? "";
        var channel = Array.Find(Channels, channel => text.StartsWith(channel, StringComparison.OrdinalIgnoreCase)) ?? "";
        isNumber = PhoneNumber.TryParse(text[channel.Length..], out var number, out _);
        phone = isNumber ? number.Value : text;
        return phone.Length is > 0 and <= MaxLength;
    }

    /// <summary>Reads a phone of a list: a number, or a sender as it came by <see cref="Scheme"/>.</summary>
    /// <returns>What is wrong, in words for the caller; null: nothing.</returns>
    public static string? Read(string text, NumberRules rules, out string phone)
    {
        if (text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            phone = text[Scheme.Length..];
            return phone.Length is > 0 and <= MaxLength ? null : $"must have a sender of 1 to {MaxLength} characters after {Scheme}";
        }

        var isNumber = PhoneNumber.TryParse(text, rules, out var number, out var error);
        phone = isNumber ? number.Value : "";
        return error;
    }
}

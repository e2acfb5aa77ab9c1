using System.Collections.Frozen;

namespace BulkSms.Segments;

/// <summary>The GSM 03.38 default alphabet and its extension table, as Twilio applies them.</summary>
public static class Gsm7
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    // Latin-1 holds nearly every character of a GSM-7 text: one array look-up each. The Greek capitals and the euro sign go the slow way.
    private static readonly byte[] Latin1Septets = [.. Enumerable.Range(0, 256).Select(c => SeptetsOf((char)c))];

    private static readonly FrozenDictionary<char, byte> OtherSeptets =
        (Basic + Extension).Where(c => c > 255).ToFrozenDictionary(c => c, SeptetsOf);

    /// <summary>Septets (7-bit units) that a character takes: 1, 2 in the extension table (escape + code), 0 outside the alphabet.</summary>
    public static int Septets(char character) => character < 256
        ? Latin1Septets[character]
        : OtherSeptets.GetValueOrDefault(character);

    private static byte SeptetsOf(char character) =>
        Basic.Contains(character) ? (byte)1 : Extension.Contains(character) ? (byte)2 : (byte)0;
}

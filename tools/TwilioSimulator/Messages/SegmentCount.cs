using System.Buffers;

namespace BulkSms.TwilioSimulator;

/// <summary>How many segments a text is billed as: 160/153 septets in GSM-7, 70/67 characters in UCS-2.</summary>
internal static class SegmentCount
{
    private static readonly SearchValues<char> Basic = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    private static readonly SearchValues<char> Extended = SearchValues.Create("\f^{}\\[~]|€");

    public static int Of(string text)
    {
        var septets = 0;
        foreach (var character in text)
        {
            if (Basic.Contains(character))
            {
                septets++;
            }
            else if (Extended.Contains(character))
            {
                septets += 2;
            }
            else
            {
                return Split(text.Length, 70, 67);
            }
        }

        return Split(septets, 160, 153);
    }

    private static int Split(int units, int single, int part) => units <= single ? 1 : (units + part - 1) / part;
}

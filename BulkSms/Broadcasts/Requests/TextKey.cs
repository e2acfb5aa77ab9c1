using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BulkSms.Messages;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// What a text and its list are known by: the same text to the same people, in whatever order and notation they are given, has the same key. It is no proof, since it only warns and
/// asks: the people are summed up by a hash that is quick, and the sum is hashed with the text.
/// </summary>
public static class TextKey
{
    private const ulong Prime = 0x0000_0100_0000_01B3; // FNV-1a
    private const ulong FirstBasis = 0xCBF2_9CE4_8422_2325;
    private const ulong SecondBasis = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Makes it: 32 hexadecimal digits.</summary>
    public static string Of(BroadcastRequest request)
    {
        var (list, first, second) = (request.Recipients, 0UL, 0UL);
        for (var i = 0; i < list.Unique.Count; i++)
        {
            var values = list.Texts is { } texts ? texts.ValuesAt(i) : default;
            var number = list.Unique[i];
            first += Hash(FirstBasis, number, values);
            second += Hash(SecondBasis, number, values);
        }

        var all = string.Create(CultureInfo.InvariantCulture, $"{first:x16}{second:x16}{list.Unique.Count}\n{request.Message}{Extras(request.Terms.Extras)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 16));
    }

    private static string Extras(MessageExtras extras) => extras.IsNone ? "" : $"\n{extras.ContentSid}\n{extras.ShortenUrls}\n{string.Join('\n', extras.MediaUrls)}";

    private static ulong Hash(ulong hash, string number, ReadOnlySpan<byte> values)
    {
        foreach (var character in number)
        {
            hash = (hash ^ character) * Prime;
        }

        hash *= Prime; // between the number and the values
        foreach (var value in values)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash ^ (hash >> 29);
    }
}

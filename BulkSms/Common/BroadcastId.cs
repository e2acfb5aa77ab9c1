using System.Globalization;
using System.Security.Cryptography;

namespace BulkSms.Common;

/// <summary>
/// Makes broadcast ids: 28 lower-case hexadecimal digits. The first 12 are the time in milliseconds counted backwards, so that the newest sorts
/// first; the other 16 are random. Those of a test begin with <c>7e57</c>, and no others do: wherever the id is known, it is known whether it counts.
/// </summary>
public static class BroadcastId
{
    private const long LastMillisecond = 0xFFFF_FFFF_FFFF;
    private const int Length = 28;
    private const int TimeLength = 12;
    private const ulong RandomBits = 0x0000_FFFF_FFFF_FFFF;
    private const ulong TestBits = 0x7e57_0000_0000_0000;

    public static string New(DateTimeOffset now, bool isTest = false)
    {
        var random = NewRandom();
        while (!isTest && (random & ~RandomBits) == TestBits)
        {
            random = NewRandom();
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{LastMillisecond - now.ToUnixTimeMilliseconds():x12}{(isTest ? (random & RandomBits) | TestBits : random):x16}");
    }

    /// <summary>Whether it is the id of a test: a text to a number of the sender's own, which no list and no statistic counts.</summary>
    public static bool IsTest(string id) => id.AsSpan(TimeLength).StartsWith("7e57", StringComparison.Ordinal);

    /// <summary>Sorts before the ids of all broadcasts that were begun at a time or earlier, and after all others.</summary>
    public static string BoundAt(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{LastMillisecond - Math.Max(0, time.ToUnixTimeMilliseconds()):x12}");

    /// <summary>Whether a text from outside has the form of an id; only such a text may become part of a table key.</summary>
    public static bool IsWellFormed(string? text) => Common.Hex.IsLower(text, Length);

    private static ulong NewRandom() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
}

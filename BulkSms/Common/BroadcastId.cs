using System.Globalization;
using System.Security.Cryptography;

namespace BulkSms.Common;

/// <summary>
/// Makes broadcast ids: 28 lower-case hexadecimal digits. The first 12 are the time in milliseconds counted backwards, so that the newest sorts
/// first; the other 16 are random.
/// </summary>
public static class BroadcastId
{
    private const long LastMillisecond = 0xFFFF_FFFF_FFFF;
    private const int Length = 28;

    public static string New(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{LastMillisecond - now.ToUnixTimeMilliseconds():x12}{BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)):x16}");

    /// <summary>Sorts before the ids of all broadcasts that were begun at a time or earlier, and after all others.</summary>
    public static string BoundAt(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{LastMillisecond - Math.Max(0, time.ToUnixTimeMilliseconds()):x12}");

    /// <summary>Whether a text from outside has the form of an id; only such a text may become part of a table key.</summary>
    public static bool IsWellFormed(string? text) => Common.Hex.IsLower(text, Length);
}

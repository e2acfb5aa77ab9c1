using System.Globalization;

namespace BulkSms.MemoryStorage.Blobs;

/// <summary>A range of bytes: <c>bytes=0-99</c>.</summary>
internal static class ByteRange
{
    /// <summary>From the first to the one after the last; null when it begins after the end.</summary>
    public static (int Start, int End)? Of(string header, int length)
    {
        var parts = header["bytes=".Length..].Split('-');
        var start = long.Parse(parts[0], CultureInfo.InvariantCulture);
        var last = parts[1].Length > 0 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : length - 1;
        return start < length ? ((int)start, (int)Math.Min(last + 1, length)) : null;
    }
}

using System.Globalization;

namespace BulkSms.Storage.Calls;

/// <summary>The time in a header of HTTP, in whole seconds. Many calls are made in one second, so the last one that was read or written is kept.</summary>
internal static class HttpDate
{
    private const string Format = "r";
    private static Known lastRead = new("", default);
    private static Known lastWritten = new("", default);

    /// <summary>The time that a header says; the least time when it says none.</summary>
    public static DateTimeOffset Read(string text)
    {
        var last = Volatile.Read(ref lastRead);
        if (last.Text != text)
        {
            // By its one format: Azure.Core tries all that there are.
            last = new(text, DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default);
            Volatile.Write(ref lastRead, last);
        }

        return last.Time;
    }

    /// <summary>A time as a header says it.</summary>
    public static string Write(DateTimeOffset time)
    {
        var second = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var last = Volatile.Read(ref lastWritten);
        if (last.Time != second)
        {
            last = new(second.ToString(Format, CultureInfo.InvariantCulture), second);
            Volatile.Write(ref lastWritten, last);
        }

        return last.Text;
    }

    private sealed record Known(string Text, DateTimeOffset Time);
}

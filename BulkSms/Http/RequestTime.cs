using System.Globalization;

namespace BulkSms.Http;

/// <summary>A moment as callers write it: ISO 8601 with its offset. Without one it would be this machine's own time.</summary>
public static class RequestTime
{
    /// <summary>What is wrong with a text that is none.</summary>
    public const string Fault = "must be a time in ISO 8601 with its offset, such as 2030-01-07T09:00:00+01:00";

    private static readonly string[] Forms =
    [
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        var read = DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
        return read && (text!.EndsWith('Z') || text[^6] is '+' or '-');
    }
}

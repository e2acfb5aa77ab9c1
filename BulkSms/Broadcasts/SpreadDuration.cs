using System.Text.RegularExpressions;
using System.Xml;

namespace BulkSms.Broadcasts;

/// <summary>How long a broadcast is spread over, as ISO 8601 writes a duration in days, hours, minutes and seconds: <c>PT3H</c>, <c>P1DT12H</c>.</summary>
public static partial class SpreadDuration
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Reads one; null: it is none, or shorter or longer than a broadcast may take.</summary>
    public static TimeSpan? Parse(string? text) =>
        text is [.., 'D' or 'H' or 'M' or 'S'] && Form().IsMatch(text) && XmlConvert.ToTimeSpan(text) is var duration && duration >= Shortest && duration <= Longest ? duration : null;

    public static string Write(TimeSpan duration) => XmlConvert.ToString(duration);

    [GeneratedRegex(@"\AP([0-9]{1,6}D)?(T([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}

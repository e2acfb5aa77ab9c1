using System.Globalization;

namespace BulkSms.Security.Usage;

/// <summary>The time that a limit is counted in: a day or a calendar month, in UTC.</summary>
/// <param name="Row">Names what is counted and when: the key of its row.</param>
/// <param name="Ends">When the next one begins.</param>
public sealed record UsageWindow(string Row, DateTimeOffset Ends)
{
    /// <summary>The window that a moment is in.</summary>
    public static UsageWindow Of(UsageKind kind, DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        var (day, month) = (new DateTimeOffset(utc.Date, TimeSpan.Zero), new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero));
        return kind is UsageKind.RecipientsPerDay
            ? new(string.Create(CultureInfo.InvariantCulture, $"recipients-{day:yyyy-MM-dd}"), day.AddDays(1))
            : new(string.Create(CultureInfo.InvariantCulture, $"cost-{month:yyyy-MM}"), month.AddMonths(1));
    }
}

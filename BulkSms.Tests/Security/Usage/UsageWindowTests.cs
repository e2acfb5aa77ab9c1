using BulkSms.Security.Usage;

namespace BulkSms.Tests.Security.Usage;

/// <summary>Windows are days and calendar months of UTC, wherever a clock's offset is.</summary>
public sealed class UsageWindowTests
{
    [Theory]
    [InlineData("2026-03-10T00:00:00Z", "recipients-2026-03-10", "2026-03-11T00:00:00Z", "cost-2026-03", "2026-04-01T00:00:00Z")]
    [InlineData("2026-03-10T23:59:59.999Z", "recipients-2026-03-10", "2026-03-11T00:00:00Z", "cost-2026-03", "2026-04-01T00:00:00Z")]
    [InlineData("2026-04-01T01:00:00+02:00", "recipients-2026-03-31", "2026-04-01T00:00:00Z", "cost-2026-03", "2026-04-01T00:00:00Z")]
    [InlineData("2026-12-31T22:00:00-05:00", "recipients-2027-01-01", "2027-01-02T00:00:00Z", "cost-2027-01", "2027-02-01T00:00:00Z")]
    [InlineData("2028-02-29T12:00:00Z", "recipients-2028-02-29", "2028-03-01T00:00:00Z", "cost-2028-02", "2028-03-01T00:00:00Z")]
    public void Of_AMoment_IsItsDayAndMonthInUtc(string now, string day, string dayEnds, string month, string monthEnds)
    {
        Assert.Equal(new(day, Time(dayEnds)), UsageWindow.Of(UsageKind.RecipientsPerDay, Time(now)));
        Assert.Equal(new(month, Time(monthEnds)), UsageWindow.Of(UsageKind.MonthlyBudget, Time(now)));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.0079", 7_900)]
    [InlineData("0.00000001", 1)]
    [InlineData("1000000000", 1_000_000_000_000_000)]
    [InlineData("79228162514264337593543950335", long.MaxValue / 2)]
    public void Millionths_OfDollars_AreNeverFewer(string dollars, long millionths) =>
        Assert.Equal(millionths, UsageLimit.Millionths(decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture)));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

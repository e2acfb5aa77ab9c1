using BulkSms.Common;
using FsCheck;
using FsCheck.Xunit;

namespace BulkSms.Tests.Common;

public sealed class BroadcastIdTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", "ffffffffffff")]
    [InlineData("2001-09-09T01:46:40Z", "ff172b5aefff")] // 10^12 ms
    [InlineData("2001-09-09T01:46:40.001Z", "ff172b5aeffe")]
    public void New_Time_IsCountedBackwards(string time, string expected) =>
        Assert.Equal(expected, BroadcastId.New(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture))[..12]);

    [Property]
    public bool New_Later_SortsFirst(NonNegativeInt seconds, PositiveInt milliseconds)
    {
        var earlier = Now.AddSeconds(seconds.Get);
        var later = earlier.AddMilliseconds(milliseconds.Get);
        return string.CompareOrdinal(BroadcastId.New(later), BroadcastId.New(earlier)) < 0;
    }

    [Fact]
    public void New_SameTime_IsNeverTheSame()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => BroadcastId.New(Now)).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(BroadcastId.IsWellFormed(id)));
    }

    [Fact]
    public void New_OfATest_IsKnownByItsId()
    {
        Assert.All(Enumerable.Range(0, 1000).Select(_ => BroadcastId.New(Now)), id => Assert.False(BroadcastId.IsTest(id)));
        var test = BroadcastId.New(Now, isTest: true);

        Assert.True(BroadcastId.IsTest(test) && BroadcastId.IsWellFormed(test));
        Assert.NotEqual(test, BroadcastId.New(Now, isTest: true));
        Assert.Equal(BroadcastId.New(Now)[..12], test[..12]);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789ab", true)]
    [InlineData("0123456789ABCDEF0123456789AB", false)]
    [InlineData("0123456789abcdef0123456789a", false)]
    [InlineData("0123456789abcdef0123456789abc", false)]
    [InlineData("0123456789abcdef0123456789a/", false)]
    [InlineData("0123456789abcdef0123456789a\n", false)]
    [InlineData("0123456789abcdef0123456789a٣", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsWellFormed_Text_Is28LowerCaseHexadecimalDigits(string? text, bool expected) =>
        Assert.Equal(expected, BroadcastId.IsWellFormed(text));
}

using BulkSms.Storage.Calls;

namespace BulkSms.Tests.Contracts;

public sealed class HttpDateTests
{
    private static readonly DateTimeOffset Second = new(2026, 11, 27, 18, 36, 10, TimeSpan.Zero);
    private static readonly DateTimeOffset Next = Second.AddSeconds(1);

    [Fact]
    public void Read_OtherTextsInBetween_EachIsItsOwnTime()
    {
        foreach (var time in new[] { Second, Second, Next, Second })
        {
            Assert.Equal(time, HttpDate.Read(time.ToString("r")));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    public void Read_NoTime_IsTheLeastTime(string text) => Assert.Equal(default, HttpDate.Read(text));

    [Fact]
    public void Write_TimesOfOneSecondAndOfOthers_AreOfTheirSecond()
    {
        foreach (var time in new[] { Second, Second.AddMilliseconds(999), Next, Second.AddTicks(1) })
        {
            Assert.Equal(time < Next ? "Fri, 27 Nov 2026 18:36:10 GMT" : "Fri, 27 Nov 2026 18:36:11 GMT", HttpDate.Write(time));
        }
    }

    [Fact]
    public void Write_AnotherOffset_IsUniversalTime() => Assert.Equal("Fri, 27 Nov 2026 18:36:10 GMT", HttpDate.Write(Second.ToOffset(TimeSpan.FromHours(5))));
}

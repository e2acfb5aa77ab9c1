using BulkSms.Broadcasts;
using FsCheck.Xunit;

namespace BulkSms.Tests.Broadcasts;

public sealed class ResultColumnsTests
{
    [Fact]
    public void Header_NamesThatTheDataHasToo_LeaveTheirsAsTheyAre() => Assert.Equal(
        ["to", "line", "written", "reference", "sms:status", "providerStatus", "heldFor", "attempts", "sid", "sms:code", "reason", "sms:sentAt", "dueAt", "updatedAt", "clicks", "code", "Status", "Sent at"],
        ResultColumns.Header(isFile: true, ["code", "Status", "Sent at"]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FindIn_OurHeader_AreOurs(bool isFile)
    {
        string[] header = [.. ResultColumns.Header(isFile, ["code", "name"])];
        var found = ResultColumns.FindIn(header)!;

        Assert.Equal(header[1..15], header.Where((_, index) => found.Contains(index)));
        Assert.Equal("reference", header[found.Reference]);
    }

    [Fact]
    public void FindIn_AFileOfBefore_HasNoClicks()
    {
        string[] header = [.. ResultColumns.Header(isFile: true, ["name"]).Where(name => name != "clicks")];
        var found = ResultColumns.FindIn(header)!;

        Assert.Equal(header[1..14], header.Where((_, index) => found.Contains(index)));
    }

    [Fact]
    public void FindIn_DataThatIsCalledClicks_IsData()
    {
        string[] header = [.. ResultColumns.Header(isFile: true, ["clicks"])];

        Assert.Equal("sms:clicks", header[^2]);
        Assert.False(ResultColumns.FindIn(header)!.Contains(header.Length - 1));
    }

    [Fact]
    public void FindIn_AnotherHeader_AreNone() => Assert.Null(ResultColumns.FindIn(["to", "line", "written", "reference", "status"]));

    [Property]
    public bool Unescape_WhatWasEscaped_IsAsItWas(string? text)
    {
        var all = new[] { "", "=", "'", "''+", "'=", "-1", "x" }.Select(prefix => prefix + text).ToArray();
        return all.All(each => ResultColumns.Unescape(ResultColumns.Escape(each)) == each && !(ResultColumns.Escape(each) is { Length: > 0 } cell && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal)));
    }
}

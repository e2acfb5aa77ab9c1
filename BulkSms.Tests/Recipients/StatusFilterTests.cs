using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

public sealed class StatusFilterTests
{
    [Theory]
    [InlineData("delivered", "delivered")]
    [InlineData("undelivered,failed", "undelivered,failed")]
    [InlineData(" undelivered , failed ", "undelivered,failed")]
    [InlineData("failed,failed", "failed")]
    [InlineData("waiting", "pending,sending,unconfirmed,submitted")]
    [InlineData("final", "delivered,undelivered,failed,rejected,optedOut,canceled,expired,unknown")]
    [InlineData("notDelivered", "undelivered,failed,rejected,optedOut,canceled,expired,unknown")]
    [InlineData("failed,notDelivered,pending", "failed,undelivered,rejected,optedOut,canceled,expired,unknown,pending")]
    public void Parse_StatusesAndGroups_IsEachOnce(string text, string expected) =>
        Assert.Equal(expected.Split(','), StatusFilter.Parse(text)!.Statuses);

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("delivered,")]
    [InlineData("Delivered")]
    [InlineData("sent")]
    [InlineData("accepted")]
    [InlineData("WAITING")]
    [InlineData("delivered;failed")]
    [InlineData("' or PartitionKey ne '")]
    public void Parse_WhatIsNone_IsNull(string text) => Assert.Null(StatusFilter.Parse(text));

    [Fact]
    public void Groups_WaitingAndFinal_AreAllStatusesOnce() =>
        Assert.Equal(RecipientStatus.All, [.. StatusFilter.Parse("waiting")!.Statuses, .. StatusFilter.Parse("final")!.Statuses]);

    [Fact]
    public void ToOData_Several_IsOneClause() => Assert.Equal("(status eq 'failed' or status eq 'expired')", StatusFilter.Parse("failed,expired")!.ToOData());
}

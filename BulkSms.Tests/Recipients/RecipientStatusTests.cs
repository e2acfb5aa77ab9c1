using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

public sealed class RecipientStatusTests
{
    private static readonly string[] Open = ["pending", "sending", "unconfirmed"];
    private static readonly string[] Final = ["delivered", "undelivered", "failed", "rejected", "optedOut", "canceled", "expired", "unknown"];

    [Fact]
    public void All_IsWhatTheDocumentsList() => Assert.Equal([.. Open, "submitted", .. Final], RecipientStatus.All);

    [Fact]
    public void IsFinal_EveryStatus_IsExactlyTheEnd() => Assert.Equal(Final, RecipientStatus.All.Where(RecipientStatus.IsFinal));

    [Fact]
    public void IsOpen_EveryStatus_IsExactlyWhatIsStillOurs() => Assert.Equal(Open, RecipientStatus.All.Where(RecipientStatus.IsOpen));

    [Theory]
    [InlineData("Delivered")]
    [InlineData("sent")]
    [InlineData("")]
    public void WhatIsNoStatus_IsNeitherOpenNorFinal(string word) => Assert.False(RecipientStatus.IsFinal(word) || RecipientStatus.IsOpen(word));
}

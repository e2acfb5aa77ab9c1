using BulkSms.Chaos.Invariants;
using BulkSms.Recipients;

namespace BulkSms.Tests.Chaos;

public sealed class TransitionTests
{
    [Theory]
    [InlineData(RecipientStatus.Pending, RecipientStatus.Claimed)]
    [InlineData(RecipientStatus.Pending, RecipientStatus.Unconfirmed)]
    [InlineData(RecipientStatus.Pending, RecipientStatus.OptedOut)]
    [InlineData(RecipientStatus.Claimed, RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Claimed, RecipientStatus.Rejected)]
    [InlineData(RecipientStatus.Unconfirmed, RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Pending, RecipientStatus.Canceled)]
    [InlineData(RecipientStatus.Unconfirmed, RecipientStatus.OptedOut)]
    [InlineData(RecipientStatus.Rejected, RecipientStatus.Pending)]
    public void Fault_ForwardOrOneOfTheExceptions_IsNone(string from, string to) => Assert.Null(Transitions.Fault(State(from), State(to)));

    [Theory]
    [InlineData(RecipientStatus.Unconfirmed, RecipientStatus.Claimed)]
    [InlineData(RecipientStatus.Unconfirmed, RecipientStatus.Canceled)]
    [InlineData(RecipientStatus.Claimed, RecipientStatus.Expired)]
    [InlineData(RecipientStatus.OptedOut, RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Canceled, RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Expired, RecipientStatus.Claimed)]
    [InlineData(RecipientStatus.Rejected, RecipientStatus.Canceled)]
    [InlineData(RecipientStatus.Claimed, RecipientStatus.Accepted)] // without a SID
    public void Fault_Backwards_IsNamed(string from, string to) => Assert.NotNull(Transitions.Fault(State(from), State(to)));

    [Theory]
    [InlineData(RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Claimed)]
    [InlineData(RecipientStatus.Unconfirmed)]
    [InlineData(RecipientStatus.Rejected)]
    [InlineData(RecipientStatus.Canceled)]
    public void Fault_EvidenceOverAnyState_IsNone(string from) =>
        Assert.Null(Transitions.Fault(State(from), State(RecipientStatus.Sent) with { Sid = "SM1" }));

    [Fact]
    public void Fault_WhatIsSentGoesBackOrGetsAnotherSid_IsNamed()
    {
        var sent = State(RecipientStatus.Sent) with { Sid = "SM1" };

        Assert.NotNull(Transitions.Fault(sent, sent with { Status = RecipientStatus.Queued }));
        Assert.NotNull(Transitions.Fault(sent, sent with { Status = RecipientStatus.Pending }));
        Assert.NotNull(Transitions.Fault(sent, sent with { Status = RecipientStatus.Delivered, Sid = "SM2" }));
        Assert.Null(Transitions.Fault(sent, sent with { Status = RecipientStatus.Delivered }));
    }

    [Fact]
    public void Fault_AClaimThatDoesNotComeFromPending_IsNamed()
    {
        Assert.NotNull(Transitions.Fault(State(RecipientStatus.Claimed), State(RecipientStatus.Claimed) with { ClaimId = "other" }));
        Assert.Null(Transitions.Fault(State(RecipientStatus.Pending), State(RecipientStatus.Claimed) with { ClaimId = "other" }));
    }

    private static RowState State(string status) => new(status, null, "claim", true);
}

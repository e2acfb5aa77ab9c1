using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

public sealed class TransitionSpecificationTests
{
    [Theory]
    [InlineData(RecipientStatus.Pending, RecipientStatus.Sending)]
    [InlineData(RecipientStatus.Pending, RecipientStatus.Unconfirmed)]
    [InlineData(RecipientStatus.Pending, RecipientStatus.OptedOut)]
    [InlineData(RecipientStatus.Sending, RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Sending, RecipientStatus.Rejected)]
    [InlineData(RecipientStatus.Unconfirmed, RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Pending, RecipientStatus.Canceled)]
    [InlineData(RecipientStatus.Unconfirmed, RecipientStatus.OptedOut)]
    [InlineData(RecipientStatus.Rejected, RecipientStatus.Pending)]
    public void Fault_ForwardOrOneOfTheExceptions_IsNone(string from, string to) => Assert.Null(TransitionSpecification.Fault(State(from), State(to)));

    [Theory]
    [InlineData(RecipientStatus.Unconfirmed, RecipientStatus.Sending)]
    [InlineData(RecipientStatus.Unconfirmed, RecipientStatus.Canceled)]
    [InlineData(RecipientStatus.Sending, RecipientStatus.Expired)]
    [InlineData(RecipientStatus.OptedOut, RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Canceled, RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Expired, RecipientStatus.Sending)]
    [InlineData(RecipientStatus.Rejected, RecipientStatus.Canceled)]
    [InlineData(RecipientStatus.Sending, RecipientStatus.Submitted)] // without a SID
    public void Fault_Backwards_IsNamed(string from, string to) => Assert.NotNull(TransitionSpecification.Fault(State(from), State(to)));

    [Theory]
    [InlineData(RecipientStatus.Pending)]
    [InlineData(RecipientStatus.Sending)]
    [InlineData(RecipientStatus.Unconfirmed)]
    [InlineData(RecipientStatus.Rejected)]
    [InlineData(RecipientStatus.Canceled)]
    public void Fault_EvidenceOverAnyState_IsNone(string from) =>
        Assert.Null(TransitionSpecification.Fault(State(from), Word(ProviderStatus.Sent)));

    [Fact]
    public void Fault_WhatIsSentGoesBackOrGetsAnotherSid_IsNamed()
    {
        var sent = Word(ProviderStatus.Sent);

        Assert.NotNull(TransitionSpecification.Fault(sent, Word(ProviderStatus.Queued)));
        Assert.NotNull(TransitionSpecification.Fault(sent, sent with { Status = RecipientStatus.Pending }));
        Assert.NotNull(TransitionSpecification.Fault(sent, Word(ProviderStatus.Delivered) with { Sid = "SM2" }));
        Assert.NotNull(TransitionSpecification.Fault(sent, Word(ProviderStatus.Delivered) with { Status = RecipientStatus.Submitted })); // not what the word means
        Assert.Null(TransitionSpecification.Fault(sent, Word(ProviderStatus.Delivered)));
    }

    [Fact]
    public void Fault_ClosedWithoutALastWord_MayOnlyGetOne()
    {
        var closed = Word(ProviderStatus.Queued) with { Status = RecipientStatus.Unknown };

        Assert.Null(TransitionSpecification.Fault(Word(ProviderStatus.Queued), closed));
        Assert.Null(TransitionSpecification.Fault(closed, closed with { ProviderStatus = ProviderStatus.Sent }));
        Assert.Null(TransitionSpecification.Fault(closed, Word(ProviderStatus.Undelivered)));
        Assert.NotNull(TransitionSpecification.Fault(Word(ProviderStatus.Delivered), Word(ProviderStatus.Delivered) with { Status = RecipientStatus.Unknown }));
    }

    [Fact]
    public void Fault_AClaimThatDoesNotComeFromPending_IsNamed()
    {
        Assert.NotNull(TransitionSpecification.Fault(State(RecipientStatus.Sending), State(RecipientStatus.Sending) with { ClaimId = "other" }));
        Assert.Null(TransitionSpecification.Fault(State(RecipientStatus.Pending), State(RecipientStatus.Sending) with { ClaimId = "other" }));
    }

    private static Recipient State(string status) => RecipientStateTests.Row(status, claimId: "claim");

    private static Recipient Word(string word) => RecipientStateTests.Row(ProviderStatus.StatusOf(word), word, "SM1", "claim");
}

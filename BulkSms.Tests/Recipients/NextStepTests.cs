using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

/// <summary>What a row calls for.</summary>
public sealed class NextStepTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(RecipientStatus.Pending, 0, NextStep.Enqueue)]
    [InlineData(RecipientStatus.Sending, 119, NextStep.None)] // in living hands
    [InlineData(RecipientStatus.Sending, 120, NextStep.LapseClaim)]
    [InlineData(RecipientStatus.Unconfirmed, 0, NextStep.Reconcile)]
    [InlineData(RecipientStatus.Rejected, 119, NextStep.None)]
    [InlineData(RecipientStatus.Rejected, 120, NextStep.WritePoison)]
    [InlineData(RecipientStatus.Submitted, 1_000_000, NextStep.None)] // sent just now
    [InlineData(RecipientStatus.Delivered, 1_000_000, NextStep.None)]
    [InlineData(RecipientStatus.Undelivered, 1_000_000, NextStep.None)]
    [InlineData(RecipientStatus.Failed, 1_000_000, NextStep.None)]
    [InlineData(RecipientStatus.OptedOut, 1_000_000, NextStep.None)]
    [InlineData(RecipientStatus.Canceled, 1_000_000, NextStep.None)]
    [InlineData(RecipientStatus.Expired, 1_000_000, NextStep.None)]
    [InlineData(RecipientStatus.Unknown, 1_000_000, NextStep.None)]
    public void Of_AStatusOfAnAge_IsOneStep(string status, int seconds, NextStep step) =>
        Assert.Equal(step, Of(RecipientStateTests.Row(status) with { SentAt = Now }, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Of_WaitingWhenItsTimeIsOver_IsExpire()
    {
        var row = RecipientStateTests.Row(RecipientStatus.Pending);

        Assert.Equal(NextStep.Expire, Of(row with { ExpiresAt = Now }, TimeSpan.Zero));
        Assert.Equal(NextStep.Enqueue, Of(row with { ExpiresAt = Now.AddTicks(1) }, TimeSpan.Zero));
    }

    [Fact]
    public void Of_SubmittedForLongerThanIsWaitedFor_IsClose()
    {
        var row = RecipientStateTests.Row(RecipientStatus.Submitted, ProviderStatus.Sent, "SM1");

        Assert.Equal(NextStep.Close, Of(row with { SentAt = Now - NextSteps.CloseAfter - TimeSpan.FromSeconds(1) }, TimeSpan.Zero));
        Assert.Equal(NextStep.None, Of(row with { SentAt = Now - NextSteps.CloseAfter }, TimeSpan.Zero));
    }

    [Fact]
    public void Of_RejectedAndPoisonWritten_IsNone() =>
        Assert.Equal(NextStep.None, Of(RecipientStateTests.Row(RecipientStatus.Rejected) with { PoisonedAt = Now }, TimeSpan.FromDays(1)));

    private static NextStep Of(Recipient row, TimeSpan age) => NextSteps.Of(new(row, row.Timestamp + age), Now, Lease, Lease);
}

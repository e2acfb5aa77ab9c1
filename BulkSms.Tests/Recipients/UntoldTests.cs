using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

/// <summary>What is still to be told of a recipient's final status follows from its transitions.</summary>
public sealed class UntoldTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(RecipientStatus.Pending, true)]
    [InlineData(RecipientStatus.OptedOut, false)] // refused
    public void Finishes_OptOut_OnlyWhereItEndsTheRow(string status, bool expected) =>
        Assert.Equal(expected, RecipientState.After(RecipientStateTests.Row(status), new RecipientEvent.OptedOut("r"))?.Finishes ?? false);

    [Fact]
    public void Finishes_ReadAfterDelivered_DoesNot()
    {
        var delivered = RecipientStateTests.Row(RecipientStatus.Delivered, ProviderStatus.Delivered, "SM1");

        Assert.False(RecipientState.After(delivered, new RecipientEvent.Reported("SM1", ProviderStatus.Read, 0, ""))!.Finishes);
    }

    [Fact]
    public void Finishes_DeliveredAfterUnknown_DoesAgainWithAHigherSequence()
    {
        var unknown = RecipientStateTests.Row(RecipientStatus.Unknown, ProviderStatus.Sent, "SM1") with { Sequence = 500 };

        var transition = RecipientState.After(unknown, new RecipientEvent.Reported("SM1", ProviderStatus.Delivered, 0, ""))!;

        Assert.True(transition.Finishes);
        Assert.Equal((501, true), (transition.WithUntold(77).After.Sequence, transition.WithUntold(77).After.IsUntold)); // whatever this instance's clock says
        Assert.Equal(900, transition.WithUntold(900).After.Sequence);
        Assert.Superset(new HashSet<string> { RecipientColumns.IsUntold, RecipientColumns.Sequence }, transition.WithUntold(900).Columns.ToHashSet());
        Assert.DoesNotContain(RecipientColumns.IsUntold, transition.Columns);
    }

    [Fact]
    public void Replayed_BeforeItWasTold_IsUntoldNoMore()
    {
        var rejected = RecipientStateTests.Row(RecipientStatus.Rejected, claimId: "c") with { IsUntold = true, Sequence = 7 };

        var replayed = RecipientState.After(rejected, new RecipientEvent.Replayed("c", Now))!;

        Assert.False(replayed.After.IsUntold);
        Assert.Contains(RecipientColumns.IsUntold, replayed.Columns);
        Assert.Equal(7, replayed.After.Sequence);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(6, false)] // a later status is still to be told
    public void Told_OfASequence_CountsOnlyForThatOne(long sequence, bool expected)
    {
        var row = RecipientStateTests.Row(RecipientStatus.Rejected) with { IsUntold = true, Sequence = 7 };

        Assert.Equal(expected, RecipientState.After(row, new RecipientEvent.Told(sequence)) is { After.IsUntold: false });
    }
}

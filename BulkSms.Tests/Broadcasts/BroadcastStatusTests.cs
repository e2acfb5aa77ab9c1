using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Segments;

namespace BulkSms.Tests.Broadcasts;

/// <summary>The whole domain of the function: every row, pause and progress that there can be.</summary>
public sealed class BroadcastStatusTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);
    private static readonly bool[] Either = [false, true];

    private static IEnumerable<State> Domain =>
        from completed in Either
        from canceled in Either
        from fannedOut in Either
        from paused in Either
        from sendAt in new DateTimeOffset?[] { null, Now.AddHours(-1), Now, Now.AddHours(1) }
        from left in Enum.GetValues<RecipientsLeft>()
        select new State(completed, canceled, fannedOut, paused, sendAt, left);

    [Fact]
    public void Of_Completed_IsNeverCalledAnythingElse() => Each(
        state => state.IsCompleted, (state, status) => status == (state.IsCanceled ? "canceled" : "completed"));

    [Fact]
    public void Of_AllRecipientsAtAnEnd_IsCompletedBeforeItIsNoted() => Each(
        state => state is { IsFannedOut: true, Left: RecipientsLeft.None }, (state, status) => status == (state.IsCanceled ? "canceled" : "completed"));

    [Fact]
    public void Of_Canceled_IsCancelingUntilItsEnd() => Each(
        state => state is { IsCanceled: true, IsCompleted: false } && !(state is { IsFannedOut: true, Left: RecipientsLeft.None }), (_, status) => status == "canceling");

    [Fact]
    public void Of_Paused_IsShownWhileSomethingIsHeldAndNoLonger() => Each(
        state => !state.IsCompleted && !state.IsCanceled && state.IsPaused,
        (state, status) => (status == "paused") == (!state.IsFannedOut || state.Left is RecipientsLeft.Open));

    [Fact]
    public void Of_NotPaused_IsNeverPaused() => Each(state => !state.IsPaused, (_, status) => status != "paused");

    [Fact]
    public void Of_NothingInItsWay_IsAsFarAsItHasCome() => Each(
        state => state is { IsCompleted: false, IsCanceled: false, IsPaused: false } && !(state is { IsFannedOut: true, Left: RecipientsLeft.None }),
        (state, status) => status == state switch
        {
            { IsFannedOut: true, Left: RecipientsLeft.Submitted } => "finishing",
            _ when state.SendAt > Now => "scheduled",
            { IsFannedOut: false } => "preparing",
            _ => "sending",
        });

    [Fact]
    public void Of_AwaitingItsApproval_IsShownSoUntilItIsCanceled() => Each(
        state => !state.IsFannedOut && !state.IsCompleted,
        (state, _) => (state with { Approval = new(ApprovalStatus.Awaiting) }).Status == (state.IsCanceled ? "canceling" : "awaitingApproval"));

    [Fact]
    public void Of_Decided_IsAsIfItNeededNoApproval() => Each(
        _ => true,
        (state, status) => new[] { ApprovalStatus.Approved, ApprovalStatus.Rejected, ApprovalStatus.Expired }.All(decided => (state with { Approval = new(decided) }).Status == status));

    [Fact]
    public void AtAcceptance_ThatNeedsAnApproval_IsTheSameWhateverCameOfIt() => Each(
        state => !state.IsCompleted, (state, _) => BroadcastStatus.AtAcceptance((state with { Approval = new(ApprovalStatus.Approved) }).Broadcast) == "awaitingApproval");

    private static void Each(Func<State, bool> where, Func<State, string, bool> holds)
    {
        var states = Domain.Where(where).ToArray();
        Assert.NotEmpty(states);
        Assert.All(states, state => Assert.True(holds(state, state.Status), $"{state}: {state.Status}"));
    }

    private sealed record State(bool IsCompleted, bool IsCanceled, bool IsFannedOut, bool IsPaused, DateTimeOffset? SendAt, RecipientsLeft Left)
    {
        public Approval? Approval { get; init; }

        public string Status => BroadcastStatus.Of(Broadcast, IsPaused, Left, Now);

        public Broadcast Broadcast => new()
            {
                Id = new string('0', 28),
                Message = "Hello",
                CreatedAt = Now.AddHours(-2),
                RecipientsCount = 1,
                DuplicatesRemoved = 0,
                Segments = MessageSegments.Of("Hello"),
                Shards = 1,
                Account = "",
                Service = "",
                ExpiresAt = Now.AddDays(1),
                SendAt = SendAt,
                FannedOutAt = IsFannedOut ? Now : null,
                CompletedAt = IsCompleted ? Now : null,
                IsCanceled = IsCanceled,
                Approval = Approval,
            };
    }
}

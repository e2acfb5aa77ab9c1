using BulkSms.Sending;

namespace BulkSms.Tests.Sending;

public sealed class SendTurnsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_Wait_HighGetsItsShareAndNormalTheRest()
    {
        var order = await ServeAsync(200, [.. Enumerable.Repeat((IsHigh: false, Segments: 1), 500), .. Enumerable.Repeat((IsHigh: true, Segments: 1), 500)]);

        Assert.InRange(order.Count(each => each.IsHigh), 168, 172);
        Assert.All(order.Chunk(20), twenty => Assert.InRange(twenty.Count(each => each.IsHigh), 16, 18)); // all the time, not on the whole
    }

    [Fact]
    public async Task Both_OfDifferentLengths_ShareSegmentsNotMessages()
    {
        var order = await ServeAsync(300, [.. Enumerable.Repeat((IsHigh: false, Segments: 1), 500), .. Enumerable.Repeat((IsHigh: true, Segments: 5), 500)]);

        Assert.InRange(order.Where(each => each.IsHigh).Sum(each => each.Segments) / (double)order.Sum(each => each.Segments), 0.83, 0.87);
    }

    [Fact]
    public async Task High_AfterNormalWasAlone_IsNextAndHasSavedNothingUp()
    {
        var turns = new SendTurns(1);
        for (var i = 0; i < 1000; i++)
        {
            await turns.EnterAsync(isHigh: false, 1, Cancellation);
            turns.Pass();
            turns.Leave();
        }

        var order = await ServeAsync(40, [.. Enumerable.Repeat((IsHigh: false, Segments: 1), 40), .. Enumerable.Repeat((IsHigh: true, Segments: 1), 40)], turns);

        Assert.InRange(order.Take(3).Count(each => each.IsHigh), 1, 3);
        Assert.InRange(order.Count(each => each.IsHigh), 32, 36);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_Alone_GetsAllInItsOrder(bool isHigh)
    {
        var order = await ServeAsync(50, [.. Enumerable.Range(1, 50).Select(i => (isHigh, i))]);

        Assert.Equal(Enumerable.Range(1, 50), order.Select(each => each.Segments));
    }

    [Fact]
    public async Task Waiter_WhoGivesUp_TakesNeitherTurnNorPlace()
    {
        var turns = new SendTurns(2);
        await turns.EnterAsync(isHigh: false, 1, Cancellation);
        using var impatience = new CancellationTokenSource();
        var waiting = turns.EnterAsync(isHigh: true, 1, impatience.Token);
        var next = turns.EnterAsync(isHigh: false, 1, Cancellation);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        Assert.Equal((1, false), (turns.Taken, next.IsCompleted)); // the turn is still the first one's
        turns.Pass();
        await next.Soon();

        Assert.Equal(2, turns.Taken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turns.EnterAsync(isHigh: true, 1, impatience.Token));
    }

    [Fact]
    public async Task Places_AllTaken_TheFirstOfThoseThatWaitGetsTheNext()
    {
        var turns = new SendTurns(1);
        await turns.EnterAsync(isHigh: false, 1, Cancellation);
        turns.Pass();
        var normal = turns.EnterAsync(isHigh: false, 1, Cancellation);
        var high = turns.EnterAsync(isHigh: true, 1, Cancellation);

        turns.Leave();
        await high.Soon();

        Assert.False(normal.IsCompleted);
        Assert.Equal(1, turns.Taken);
    }

    // In which order so many of them come to their turn.
    private static async Task<List<(bool IsHigh, int Segments)>> ServeAsync(int count, (bool IsHigh, int Segments)[] all, SendTurns? turns = null)
    {
        turns ??= new(1);
        await turns.EnterAsync(isHigh: false, 1, Cancellation);
        var waiting = all.Select(each => (Message: each, Turn: turns.EnterAsync(each.IsHigh, each.Segments, Cancellation))).ToList();
        var order = new List<(bool, int)>();
        while (order.Count < count)
        {
            turns.Pass();
            turns.Leave();
            var turn = await Task.WhenAny(waiting.Select(each => each.Turn)).Soon();
            var index = waiting.FindIndex(each => each.Turn == turn);
            order.Add(waiting[index].Message);
            waiting.RemoveAt(index);
        }

        return order;
    }
}

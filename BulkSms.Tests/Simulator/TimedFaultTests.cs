using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Simulator;

public sealed class TimedFaultTests : FrozenSimulatorTests
{
    [Fact]
    public async Task RateLimit_Exceeded_Is429UntilTheNextSecond()
    {
        (Server.Faults.RateLimit, Server.Faults.RetryAfterSeconds) = (2, 7);
        var replies = new[] { await Client.CreateAsync(Ada), await Client.CreateAsync(Ada), await Client.CreateAsync(Ada) };

        Assert.Equal([201, 201, 429], replies.Select(reply => reply.Status));
        Assert.Equal((20429, TimeSpan.FromSeconds(7)), (replies[2].Code, replies[2].RetryAfter));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(201, (await Client.CreateAsync(Ada)).Status);
    }

    [Fact]
    public async Task Hold_Waiting_MessageExistsBeforeTheReply()
    {
        Server.Faults.FailNext(1, Fault.Hold(TimeSpan.FromSeconds(40)));
        var held = Client.CreateAsync(Ada);
        await UntilAsync(() => Server.Messages.CountFor(Ada) == 1);

        Assert.False(held.IsCompleted);
        await AdvanceUntilDoneAsync(held);
        Assert.Equal(201, (await held).Status);
    }

    [Fact]
    public async Task HoldBeforeProcessing_TimePasses_MessageIsCreatedLate()
    {
        Server.Faults.FailNext(1, Fault.HoldBeforeProcessing(TimeSpan.FromSeconds(40)));
        var held = Client.CreateAsync(Ada);
        await UntilAsync(() => Server.Messages.TotalCalls == 1);

        Assert.Equal(0, Server.Messages.CountFor(Ada));
        await AdvanceUntilDoneAsync(held);
        var message = Assert.Single(Server.Messages.For(Ada));
        Assert.True(message.DateCreated - message.ArrivedAt >= TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task HoldBeforeProcessing_CallerLeaves_MessageIsCreatedAnyway()
    {
        Server.Faults.FailNext(1, Fault.HoldBeforeProcessing(TimeSpan.FromSeconds(40)));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Client.Patience = patience.Token;
        var held = Client.CreateAsync(Ada);
        await UntilAsync(() => Server.Messages.TotalCalls == 1);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);

        await UntilAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            return Server.Messages.CountFor(Ada) == 1;
        });
        Assert.NotNull(Server.Messages.Calls[0].MessageSid);
    }

    [Fact]
    public async Task Latency_WithJitter_IsWaitedFor()
    {
        (Server.Faults.Latency, Server.Faults.LatencyJitter) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
        var slow = Client.CreateAsync(Ada);
        await UntilAsync(() => Server.Messages.TotalCalls == 1);
        await AdvanceUntilDoneAsync(slow);

        Assert.True(Server.Messages.All[0].DateCreated - Server.Messages.All[0].ArrivedAt >= TimeSpan.FromSeconds(5));
    }

    private async Task AdvanceUntilDoneAsync(Task call) => await UntilAsync(() =>
    {
        Clock.Advance(TimeSpan.FromSeconds(10));
        return call.IsCompleted;
    });
}

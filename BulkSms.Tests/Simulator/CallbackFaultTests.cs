using System.Diagnostics;

namespace BulkSms.Tests.Simulator;

public sealed class CallbackFaultTests : SimulatorTests
{
    [Fact]
    public async Task Repeat_Twice_SendsEachThreeTimesWithOneToken()
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Faults.Callbacks.Repeat = 2;
        await SendAsync(receiver);

        Assert.Equal(12, receiver.Received.Count);
        Assert.All(receiver.Received.GroupBy(callback => callback.IdempotencyToken), copies => Assert.Equal(3, copies.Count()));
    }

    [Fact]
    public async Task Reorder_Always_SendsTheFinalStatusFirst()
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Faults.Callbacks.ReorderProbability = 1;
        await SendAsync(receiver);

        Assert.Equal(["delivered", "sent", "sending", "queued"], receiver.Statuses);
    }

    [Fact]
    public async Task Loss_Always_SendsNothing()
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Faults.Callbacks.LossProbability = 1;
        await SendAsync(receiver);

        Assert.Empty(receiver.Received);
        Assert.Equal("delivered", Server.Messages.All[0].Status);
    }

    [Fact]
    public async Task ExtraDelay_Set_SendsLate()
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Faults.Callbacks.ExtraDelay = TimeSpan.FromMilliseconds(100);
        var started = Stopwatch.GetTimestamp();
        await SendAsync(receiver);

        Assert.Equal(4, receiver.Received.Count);
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(95));
    }

    [Fact]
    public async Task BeforeReply_Set_CallbackBeatsThe201()
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Faults.Callbacks.BeforeReply = true;
        Server.Faults.CallbackDelay = TimeSpan.FromHours(1);
        var reply = await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url()));

        var early = Assert.Single(receiver.Received);
        Assert.Equal(("queued", reply["sid"]), (early["MessageStatus"], early["MessageSid"]));
        Assert.Equal("accepted", reply["status"]);
    }

    [Fact]
    public async Task Dispose_CallbacksPending_DropsThem()
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Faults.CallbackDelay = TimeSpan.FromHours(1);
        await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url()));
        var idle = Server.WhenIdleAsync(Cancellation);
        Assert.False(idle.IsCompleted);

        await Server.DisposeAsync();
        await idle;
        Assert.Empty(receiver.Received);
    }

    private async Task SendAsync(CallbackReceiver receiver)
    {
        await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url()));
        await Server.WhenIdleAsync(Cancellation);
    }
}

namespace BulkSms.Tests.Simulator;

public sealed class ScheduledMessageTests : FrozenSimulatorTests
{
    [Fact]
    public async Task Create_Scheduled_WaitsForItsTime()
    {
        var reply = await ScheduleAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("scheduled", reply["status"]);

        Deliver();
        Assert.Equal("scheduled", Server.Messages.All[0].Status);
        Clock.Advance(TimeSpan.FromMinutes(5));
        Deliver();
        Assert.Equal("delivered", Server.Messages.All[0].Status);
    }

    [Fact]
    public async Task Cancel_Scheduled_IsNeverSent()
    {
        var created = await ScheduleAsync(TimeSpan.FromHours(1));
        Assert.Equal("canceled", (await Client.CancelAsync(created["sid"]!))["status"]);

        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("canceled", Server.Messages.All[0].Status);
        Assert.Equal((409, 30409), Pair(await Client.CancelAsync(created["sid"]!)));
    }

    [Fact]
    public async Task Cancel_NotScheduled_Is409And30409()
    {
        var created = await Client.CreateAsync(Ada);
        Assert.Equal((409, 30409), Pair(await Client.CancelAsync(created["sid"]!)));
        Assert.Equal((404, 20404), Pair(await Client.CancelAsync("SM0")));
    }

    [Theory]
    [InlineData(299)]
    [InlineData(35 * 86_400 + 1)]
    public async Task Create_ScheduledOutsideTheWindow_IsRefused(int seconds) =>
        Assert.Equal((400, 35114), Pair(await ScheduleAsync(TimeSpan.FromSeconds(seconds))));

    [Fact]
    public async Task Create_ValidityOver_Fails()
    {
        Server.Faults.CallbackDelay = TimeSpan.FromSeconds(2);
        await Client.CreateAsync(Ada, ("ValidityPeriod", "3"));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(("failed", 30036), (Server.Messages.All[0].Status, Server.Messages.All[0].ErrorCode));
    }

    private Task<Reply> ScheduleAsync(TimeSpan ahead) =>
        Client.CreateAsync(Ada, ("ScheduleType", "fixed"), ("SendAt", $"{(Clock.GetUtcNow() + ahead).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"));

    private static (int Status, int Code) Pair(Reply reply) => (reply.Status, reply.Code);
}

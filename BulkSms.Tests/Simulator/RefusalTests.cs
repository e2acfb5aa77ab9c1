using BulkSms.OptOuts;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Simulator;

public sealed class RefusalTests : SimulatorTests
{
    [Fact]
    public async Task Create_WrongToken_Is401And20003()
    {
        Client.AuthToken = "wrong";
        var reply = await Client.CreateAsync(Ada);

        Assert.Equal(401, reply.Status);
        Assert.Equal(
            """{"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}""", reply.Body);
        Assert.False(Assert.Single(Server.Messages.CallsFor(Ada)).Authorized);
    }

    [Fact]
    public async Task Create_OtherAccount_Is404And20404()
    {
        Client.Account = "AC11111111111111111111111111111111";
        var reply = await Client.CreateAsync(Ada);

        Assert.Equal((404, 20404), (reply.Status, reply.Code));
        Assert.Equal((404, 20404), Pair(await Client.ListAsync()));
        Assert.Equal((404, 20404), Pair(await Client.GetAsync("/nowhere")));
    }

    [Theory]
    [InlineData("To", null, 21604)]
    [InlineData("To", "", 21604)]
    [InlineData("To", "12345", 21211)]
    [InlineData("To", "+1555000111x", 21211)]
    [InlineData("Body", null, 21602)]
    [InlineData("MessagingServiceSid", null, 21603)]
    [InlineData("MessagingServiceSid", "MG11111111111111111111111111111111", 21701)]
    [InlineData("ValidityPeriod", "0", 21624)]
    [InlineData("ValidityPeriod", "36001", 21624)]
    [InlineData("StatusCallback", "ftp://nowhere", 21609)]
    [InlineData("StatusCallback", "/relative", 21609)]
    [InlineData("ScheduleType", "fixed", 35111)]
    [InlineData("ScheduleType", "loose", 35126)]
    public async Task Create_BadParameter_IsRefused(string name, string? value, int code)
    {
        var reply = await Client.CreateAsync(Ada, (name, value));

        Assert.Equal((400, code), Pair(reply));
        Assert.Equal(400, reply.Json.GetProperty("status").GetInt32());
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", reply["more_info"]);
        Assert.Equal(0, Server.Messages.Accepted);
    }

    [Theory]
    [InlineData(1_600, 201)]
    [InlineData(1_601, 400)]
    public async Task Create_LongBody_IsRefusedAbove1600(int length, int status) =>
        Assert.Equal(status, (await Client.CreateAsync(Ada, ("Body", new string('x', length)))).Status);

    [Theory]
    [InlineData("+15005550001", 21211)]
    [InlineData("+15005550002", 21612)]
    [InlineData("+15005550003", 21408)]
    [InlineData("+15005550004", 21610)]
    [InlineData("+15005550009", 21614)]
    public async Task Create_MagicNumber_IsRefused(string to, int code) =>
        Assert.Equal((400, code), Pair(await Client.CreateAsync(to)));

    [Fact]
    public async Task Create_MagicSender_IsRefused() =>
        Assert.Equal((400, 21606), Pair(await Client.CreateAsync(Ada, ("MessagingServiceSid", null), ("From", "+15005550007"))));

    [Fact]
    public async Task Create_ScheduledWithoutService_IsRefused() =>
        Assert.Equal((400, 35118), Pair(await Client.CreateAsync(
            Ada, ("MessagingServiceSid", null), ("From", "+15005550006"), ("ScheduleType", "fixed"), ("SendAt", "2030-01-01T00:00:00Z"))));

    [Fact]
    public async Task Create_OptedOut_IsRefusedUntilOptIn()
    {
        Server.OptOut(Ada);
        Assert.Equal((400, 21610), Pair(await Client.CreateAsync(Ada)));
        Server.OptIn(Ada);
        Assert.Equal(201, (await Client.CreateAsync(Ada)).Status);
    }

    [Fact]
    public void FinalStatus_NotFinal_Throws() =>
        Assert.Throws<ArgumentException>(() => new RecipientBehaviour { FinalStatus = "sent" });

    private static (int Status, int Code) Pair(Reply reply) => (reply.Status, reply.Code);
}

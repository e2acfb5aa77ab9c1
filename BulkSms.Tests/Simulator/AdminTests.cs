namespace BulkSms.Tests.Simulator;

public sealed class AdminTests : SimulatorTests
{
    [Fact]
    public async Task Faults_Put_ReplacesThem()
    {
        Server.Faults.RateLimit = 1;
        var reply = await Client.PutAsync(
            "/_simulator/faults",
            """
            {"latencyMs":1,"callbackDelayMs":5,"callbackStatuses":["delivered"],"callbacks":{"repeat":2},"clockSkewMs":-30000,
             "failNext":[{"fault":"refuse503","count":2}],"failFor":[{"to":"+15550002222","fault":"Reject","httpStatus":400,"code":21614}],
             "rewriteText":"{body}!"}
            """);

        Assert.Equal(204, reply.Status);
        Assert.Equal((0, 2), (Server.Faults.RateLimit, Server.Faults.Callbacks.Repeat));
        Assert.Equal(["delivered"], Server.Faults.CallbackStatuses);
        Assert.Equal("a!", Server.Faults.RewriteText!("a"));
        Assert.Equal(503, (await Client.CreateAsync(Ada)).Status);
        Assert.Equal(21614, (await Client.CreateAsync(Bob)).Code);
    }

    [Theory]
    [InlineData("""{"failNext":[{"fault":"Nonsense"}]}""")]
    [InlineData("""{"latency":5}""")]
    [InlineData("nonsense")]
    public async Task Faults_PutNonsense_Is400AndChangesNothing(string json)
    {
        Server.Faults.RateLimit = 5;
        Assert.Equal(400, (await Client.PutAsync("/_simulator/faults", json)).Status);
        Assert.Equal(5, Server.Faults.RateLimit);
    }

    [Fact]
    public async Task Recipients_Put_ChangesOneNumber()
    {
        await Client.PutAsync("/_simulator/recipients/%2B15550001111", """{"finalStatus":"undelivered","errorCode":30005}""");
        await Client.PutAsync("/_simulator/recipients/+15550002222", """{"optedOut":true}""");

        Assert.Equal(("undelivered", 30005), (Server.Recipients[Ada].FinalStatus, Server.Recipients[Ada].ErrorCode));
        Assert.Equal(21610, (await Client.CreateAsync(Bob)).Code);
        Assert.Equal(400, (await Client.PutAsync("/_simulator/recipients/+15550002222", """{"finalStatus":"sent"}""")).Status);
    }

    [Fact]
    public async Task Summary_AfterCalls_Counts()
    {
        await Client.CreateAsync(Ada);
        await Client.CreateAsync("+15005550009");
        await Server.WhenIdleAsync(Cancellation);
        var summary = (await Client.GetAsync("/_simulator/summary")).Json;

        Assert.Equal((2, 1), (summary.GetProperty("calls").GetInt32(), summary.GetProperty("accepted").GetInt32()));
        Assert.Equal(1, summary.GetProperty("byStatus").GetProperty("delivered").GetInt32());
        Assert.Equal(1, summary.GetProperty("byCode").GetProperty("21614").GetInt32());
        Assert.Equal(1, summary.GetProperty("maxAcceptedPerNumber").GetInt32());
        Assert.Equal(1, summary.GetProperty("maxConcurrentCalls").GetInt32());
    }

    [Fact]
    public async Task Messages_ByNumber_ShowsTheRawForm()
    {
        await Client.CreateAsync(Ada);
        await Client.CreateAsync(Bob);
        var messages = (await Client.GetAsync("/_simulator/messages?to=%2B15550001111")).Json;

        Assert.Equal(Ada, Assert.Single(messages.EnumerateArray()).GetProperty("to").GetString());
        Assert.Contains("To=%2B15550001111", messages[0].GetProperty("rawForm").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await Client.GetAsync("/_simulator/messages")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Inbound_Post_ReachesTheWebhook()
    {
        await using var receiver = CallbackReceiver.Start();
        var json = $$"""{"webhook":"{{receiver.Url("optout")}}","from":"{{Ada}}","body":"STOP"}""";
        var reply = await Client.PostAsync("/_simulator/inbound", new StringContent(json));

        Assert.Equal((200, 204), (reply.Status, reply.Json.GetProperty("statusCode").GetInt32()));
        Assert.Equal("STOP", Assert.Single(receiver.Received)["Body"]);
    }

    [Fact]
    public async Task Reset_Post_ForgetsMessages()
    {
        await Client.CreateAsync(Ada);
        Assert.Equal(204, (await Client.PostAsync("/_simulator/reset", new StringContent(""))).Status);
        Assert.Equal(0, Server.Messages.Accepted);
    }
}

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

    [Fact]
    public async Task Faults_PutOutage_LastsUntilItIsTakenBack()
    {
        await Client.PutAsync("/_simulator/faults", """{"outage":{"fault":"Refuse503"}}""");
        Assert.Equal((503, 503), ((await Client.CreateAsync(Ada)).Status, (await Client.ListAsync()).Status));

        await Client.PutAsync("/_simulator/faults", "{}");
        Assert.Equal(201, (await Client.CreateAsync(Ada)).Status);
    }

    [Theory]
    [InlineData("""{"failNext":[{"fault":"Nonsense"}]}""")]
    [InlineData("""{"latency":5}""")]
    [InlineData("""{"outage":{"fault":"Nonsense"}}""")]
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
        var reply = await Client.PostAsync("/_simulator/inbound", Json(json));

        Assert.Equal((200, 204), (reply.Status, reply.Json.GetProperty("statusCode").GetInt32()));
        Assert.Equal("STOP", Assert.Single(receiver.Received)["Body"]);
    }

    [Theory]
    [InlineData("http://sms.example/api/webhooks/optout")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task Inbound_ToAnotherMachine_Is400(string webhook)
    {
        var reply = await Client.PostAsync("/_simulator/inbound", Json($$"""{"webhook":"{{webhook}}","from":"{{Ada}}","body":"STOP"}"""));

        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public async Task Callback_ToAnotherMachine_IsNotSent()
    {
        await Client.CreateAsync(Ada, ("StatusCallback", "https://192.0.2.1/api/webhooks/status"));
        await Server.WhenIdleAsync(Cancellation);

        Assert.Equal(0, (await Client.GetAsync("/_simulator/summary")).Json.GetProperty("callbacksDelivered").GetInt32());
        Assert.InRange((await Client.GetAsync("/_simulator/summary")).Json.GetProperty("callbacksAbandoned").GetInt32(), 1, 10);
    }

    // What a page in a browser can send.
    [Theory]
    [InlineData("POST", "/_simulator/reset", null, null, null, 415)]
    [InlineData("POST", "/_simulator/reset", "text/plain", null, null, 415)]
    [InlineData("POST", "/_simulator/inbound", "application/x-www-form-urlencoded", null, null, 415)]
    [InlineData("PUT", "/_simulator/faults", "text/plain", null, null, 415)]
    [InlineData("POST", "/_simulator/reset", "application/json", "Origin", "https://elsewhere.example", 403)]
    [InlineData("POST", "/_simulator/reset", "application/json", "Origin", "null", 403)]
    [InlineData("GET", "/_simulator/messages", null, "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("GET", "/_simulator/messages", null, "Host", "elsewhere.example", 421)]
    [InlineData("GET", "/_simulator/messages", null, "Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("POST", "/_simulator/reset", "application/json", "Origin", "own", 204)]
    public async Task Admin_OfAPageInABrowser_IsRefusedUnlessItIsTheSimulatorsOwn(string method, string path, string? type, string? header, string? value, int status)
    {
        using var http = new HttpClient { BaseAddress = Server.BaseUrl };
        using var request = new HttpRequestMessage(new(method), path);
        if (type is not null)
        {
            request.Content = Json("");
            request.Content.Headers.ContentType = new(type);
        }

        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value == "own" ? Server.BaseUrl.GetLeftPart(UriPartial.Authority) : value);
        }

        using var response = await http.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    [Fact]
    public async Task Reset_Post_ForgetsMessages()
    {
        await Client.CreateAsync(Ada);
        Assert.Equal(204, (await Client.PostAsync("/_simulator/reset", Json(""))).Status);
        Assert.Equal(0, Server.Messages.Accepted);
    }
}

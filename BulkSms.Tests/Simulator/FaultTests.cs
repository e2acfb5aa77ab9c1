using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Simulator;

public sealed class FaultTests : SimulatorTests
{
    public static TheoryData<string, int, int?, int> Replies => new()
    {
        { nameof(Fault.Refuse429), 429, 20429, 0 },
        { nameof(Fault.Refuse503), 503, 20503, 0 },
        { nameof(Fault.Error500), 500, 20500, 0 },
        { nameof(Fault.Error503WithoutCode), 503, null, 0 },
        { nameof(Fault.ProcessThen500), 500, 20500, 1 },
        { nameof(Fault.ProcessThen503WithoutCode), 503, null, 1 },
        { nameof(Fault.AccountSuspended), 403, 20005, 0 },
        { nameof(Fault.AuthenticationRefused), 401, 20003, 0 },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task FailNext_WithReply_GivesItOnce(string name, int status, int? code, int accepted)
    {
        Server.Faults.FailNext(1, Named(name));
        var reply = await Client.CreateAsync(Ada);

        Assert.Equal((status, accepted), (reply.Status, Server.Messages.CountFor(Ada)));
        var call = Assert.Single(Server.Messages.Calls);
        Assert.Equal((name, status, code), (call.Fault, call.StatusCode, call.Code));
        Assert.Equal(code is not null, reply.Body.StartsWith('{'));
        Assert.Equal(201, (await Client.CreateAsync(Ada)).Status);
    }

    [Theory]
    [InlineData(nameof(Fault.DropBeforeProcessing), 0)]
    [InlineData(nameof(Fault.ProcessThenDrop), 1)]
    public async Task FailNext_Drop_CutsTheConnection(string name, int accepted)
    {
        Server.Faults.FailNext(1, Named(name));
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.CreateAsync(Ada));

        var call = Assert.Single(Server.Messages.Calls);
        Assert.Equal((accepted, null), (Server.Messages.CountFor(Ada), call.StatusCode));
        Assert.Equal(accepted == 1, call.MessageSid is not null);
    }

    [Fact]
    public async Task FailNext_TruncatedReply_Is201WithoutAnEnd()
    {
        Server.Faults.FailNext(1, Fault.TruncatedReply);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.BaseUrl, Client.Path("Messages.json")));
        request.Content = new FormUrlEncodedContent(TwilioClient.Form(Server, Ada));
        request.Headers.Add("Authorization", Credentials());
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(201, (int)response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(1, Server.Messages.CountFor(Ada));
    }

    [Fact]
    public async Task FailFor_OneNumber_LeavesOthersAlone()
    {
        Server.Faults.FailFor(Ada, 2, Fault.Reject(418, 29999));

        Assert.Equal(201, (await Client.CreateAsync(Bob)).Status);
        var replies = new[] { await Client.CreateAsync(Ada), await Client.CreateAsync(Ada), await Client.CreateAsync(Ada) };
        Assert.Equal([418, 418, 201], replies.Select(reply => reply.Status));
        Assert.Equal(29999, replies[0].Code);
    }

    [Fact]
    public async Task FailRandomly_SameSeed_FailsTheSameCalls()
    {
        var first = await FailuresAsync();
        Assert.Equal(first, await FailuresAsync());
        Assert.InRange(first.Count(status => status == 500), 1, 29);
    }

    [Fact]
    public async Task FailNextReads_Error500_SparesCreates()
    {
        Server.Faults.FailNextReads(1, Fault.Error500);
        Assert.Equal(201, (await Client.CreateAsync(Ada)).Status);
        Assert.Equal(500, (await Client.ListAsync()).Status);
        Assert.Equal(200, (await Client.ListAsync()).Status);
    }

    [Fact]
    public async Task Outage_UntilItEnds_IsWhatEveryCallMeets()
    {
        Server.Faults.FailNext(1, Fault.Error500);
        Server.Faults.Outage = Fault.Refuse503;

        var away = new[] { await Client.CreateAsync(Ada), await Client.CreateAsync(Bob), await Client.ListAsync(), await Client.CancelAsync("SM1"), await SendersAsync() };
        Server.Faults.Outage = null;

        Assert.All(away, reply => Assert.Equal((503, 20503), (reply.Status, reply.Code)));
        Assert.Equal(500, (await Client.CreateAsync(Ada)).Status); // what was planned is still to come
        Assert.Equal((201, 200), ((await Client.CreateAsync(Ada)).Status, (await SendersAsync()).Status));
    }

    [Fact]
    public async Task Close_UntilItIsOpened_RefusesConnectionsAndForgetsNothing()
    {
        await Client.CreateAsync(Ada);

        await Server.CloseAsync();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Client.CreateAsync(Bob));
        await Server.OpenAsync(Cancellation);

        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.Equal(201, (await Client.CreateAsync(Bob)).Status);
        Assert.Equal(2, Server.Messages.Accepted);
    }

    [Fact]
    public async Task MaxConcurrency_Exceeded_Is429()
    {
        Server.Faults.FailFor(Ada, 1, Fault.Hold(TimeSpan.FromMinutes(1)));
        var held = Client.CreateAsync(Ada);
        await UntilAsync(() => Server.Messages.CountFor(Ada) == 1);
        Server.Faults.MaxConcurrency = 1;
        var reply = await Client.CreateAsync(Bob);

        Assert.Equal((429, 20429), (reply.Status, reply.Code));
        await Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => held);
    }

    private Task<Reply> SendersAsync() => Client.GetAsync($"/v1/Services/{Server.Options.MessagingServiceSid}/PhoneNumbers");

    private async Task<int[]> FailuresAsync()
    {
        await using var server = await TwilioServer.StartAsync(new TwilioSimulatorOptions { Seed = 7 }, Cancellation);
        using var client = new TwilioClient(server);
        server.Faults.FailRandomly(0.3, Fault.Error500);
        var statuses = new int[30];
        for (var i = 0; i < statuses.Length; i++)
        {
            statuses[i] = (await client.CreateAsync(Ada)).Status;
        }

        return statuses;
    }

    private string Credentials() =>
        $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Server.Options.AccountSid}:{Server.Options.AuthToken}"))}";

    private static Fault Named(string name) => (Fault)typeof(Fault).GetProperty(name)!.GetValue(null)!;
}

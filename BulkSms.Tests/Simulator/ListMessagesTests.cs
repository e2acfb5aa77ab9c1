namespace BulkSms.Tests.Simulator;

public sealed class ListMessagesTests : FrozenSimulatorTests
{
    [Fact]
    public async Task List_ByTo_IsNewestFirst()
    {
        var first = await Client.CreateAsync(Ada);
        await Client.CreateAsync(Bob);
        var last = await Client.CreateAsync(Ada);

        Assert.Equal([last["sid"]!, first["sid"]!], (await Client.ListAsync("?To=%2B15550001111")).Sids);
        Assert.Equal(3, (await Client.ListAsync()).Sids.Length);
    }

    [Fact]
    public async Task List_InPages_ShowsEachMessageOnceWhileNewOnesArrive()
    {
        for (var i = 0; i < 5; i++)
        {
            await Client.CreateAsync(Ada);
        }

        var expected = Server.Messages.All.Select(message => message.Sid).Reverse().ToArray();
        var seen = new List<string>();
        for (var next = Client.Path("Messages.json?To=%2B15550001111&PageSize=2"); next is not null;)
        {
            var page = await Client.GetAsync(next);
            seen.AddRange(page.Sids);
            Assert.True(page.Sids.Length <= 2);
            next = page["next_page_uri"];
            await Client.CreateAsync(Ada);
        }

        Assert.Equal(expected, seen);
    }

    [Theory]
    [InlineData("DateSent", "2026-03-10", 1)]
    [InlineData("DateSent", "2026-03-11", 0)]
    [InlineData("DateSent>", "2026-03-10", 1)]
    [InlineData("DateSent>", "2026-03-11", 0)]
    [InlineData("DateSent<", "2026-03-10", 1)]
    [InlineData("DateSent<", "2026-03-09", 0)]
    public async Task List_ByDay_CountsOnlySentMessages(string filter, string day, int sent)
    {
        await Client.CreateAsync(Ada);
        Deliver();
        await Client.CreateAsync(Ada);

        Assert.Equal(sent, (await Client.ListAsync($"?{Uri.EscapeDataString(filter)}={day}")).Sids.Length);
        Assert.Equal(sent, (await Client.ListAsync($"?{filter}={day}")).Sids.Length);
    }

    [Fact]
    public async Task List_WithLag_HidesWhatIsNew()
    {
        Server.Faults.ListLag = TimeSpan.FromSeconds(10);
        var created = await Client.CreateAsync(Ada);

        Assert.Empty((await Client.ListAsync()).Sids);
        Assert.Equal(200, (await Client.GetAsync(created["uri"]!)).Status);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Single((await Client.ListAsync()).Sids);
    }

    [Fact]
    public async Task List_WithMisses_HidesThoseForAWhile()
    {
        (Server.Faults.ListMissProbability, Server.Faults.ListMissFor) = (1, TimeSpan.FromSeconds(10));
        await Client.CreateAsync(Ada);
        Assert.Empty((await Client.ListAsync()).Sids);

        Server.Faults.ListMissProbability = 0;
        await Client.CreateAsync(Ada);
        Assert.Single((await Client.ListAsync()).Sids);

        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, (await Client.ListAsync()).Sids.Length);
    }

    [Fact]
    public async Task List_SkewedTruncatedRewritten_ShowsTheLie()
    {
        (Server.Faults.ClockSkew, Server.Faults.TruncateSeconds) = (TimeSpan.FromSeconds(35), true);
        Server.Faults.RewriteText = text => $"{text} - Acme";
        var reply = await Client.CreateAsync(Ada);
        var listed = (await Client.ListAsync()).Json.GetProperty("messages")[0];

        Assert.Equal("Wed, 11 Mar 2026 00:00:00 +0000", reply["date_created"]);
        Assert.Equal("Wed, 11 Mar 2026 00:00:00 +0000", listed.GetProperty("date_created").GetString());
        Assert.Equal((TwilioClient.Text, $"{TwilioClient.Text} - Acme"), (reply["body"], listed.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Fetch_Delivered_ShowsTheEnd()
    {
        var created = await Client.CreateAsync(Ada);
        Deliver();
        var fetched = await Client.GetAsync(created["uri"]!);

        Assert.Equal(("delivered", "1", "-0.00790"), (fetched["status"], fetched["num_segments"], fetched["price"]));
        Assert.Equal(Server.Options.SenderNumber, fetched["from"]);
        Assert.Equal("Tue, 10 Mar 2026 23:59:30 +0000", fetched["date_sent"]);
        Assert.Equal(404, (await Client.GetAsync(Client.Path("Messages/SM0.json"))).Status);
    }
}

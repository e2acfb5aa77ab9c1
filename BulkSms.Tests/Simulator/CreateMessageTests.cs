using System.Globalization;
using System.Text;
using BulkSms.OptOuts;
using BulkSms.StatusCallbacks;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Simulator;

public sealed class CreateMessageTests : SimulatorTests
{
    [Fact]
    public async Task Create_WithMessagingService_IsShapedLikeTwilio()
    {
        Server.Faults.CallbackDelay = TimeSpan.FromHours(1);
        var reply = await Client.CreateAsync(Ada);

        Assert.Equal(201, reply.Status);
        Assert.Matches("^SM[0-9a-f]{32}$", reply["sid"]!);
        Assert.Equal("accepted", reply["status"]);
        Assert.Equal("0", reply["num_segments"]);
        Assert.Equal("outbound-api", reply["direction"]);
        Assert.Equal("2010-04-01", reply["api_version"]);
        Assert.Equal(Ada, reply["to"]);
        Assert.Equal(TwilioClient.Text, reply["body"]);
        Assert.Equal(Client.Path($"Messages/{reply["sid"]}.json"), reply["uri"]);
        Assert.All(["price", "from", "date_sent", "error_code", "error_message"], name => Assert.Null(reply[name]));
        Assert.True(DateTimeOffset.TryParseExact(
            reply["date_created"], "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
    }

    [Fact]
    public async Task Create_WithSender_IsQueuedWithItsSegments()
    {
        var reply = await Client.CreateAsync(
            Ada, ("MessagingServiceSid", null), ("From", "+15005550006"), ("Body", new string('ж', 71)));

        Assert.Equal((201, "queued", "2"), (reply.Status, reply["status"], reply["num_segments"]));
    }

    [Fact]
    public async Task Create_AnyText_IsLoggedByteForByte()
    {
        const string raw = "Body=Gr%c3%bc%C3%9fe+%26+%2B&To=%2B15550001111&MessagingServiceSid=MG0000000000000000000000000000fa4e&Extra=1";
        await Client.PostAsync(Client.Path("Messages.json"), new StringContent(raw, Encoding.UTF8, "application/x-www-form-urlencoded"));

        var message = Assert.Single(Server.Messages.For(Ada));
        Assert.Equal(raw, message.RawForm);
        Assert.Equal("Grüße & +", message.Body);
        Assert.Equal(raw, Assert.Single(Server.Messages.Calls).RawForm);
    }

    [Fact]
    public async Task Create_AcceptedAndRefused_AreCountedPerNumber()
    {
        Server.Recipients[Bob] = new RecipientBehaviour { RejectCode = 21614 };
        await Task.WhenAll(Client.CreateAsync(Ada), Client.CreateAsync(Ada), Client.CreateAsync(Bob));

        Assert.Equal((2, 0), (Server.Messages.CountFor(Ada), Server.Messages.CountFor(Bob)));
        Assert.Equal((2, 3), (Server.Messages.Accepted, Server.Messages.TotalCalls));
        Assert.Equal(2, Server.Messages.MaxAcceptedPerNumber);
        Assert.InRange(Server.Messages.MaxConcurrentCalls, 1, 3);
        var refused = Assert.Single(Server.Messages.CallsFor(Bob));
        Assert.Equal((400, 21614, null), (refused.StatusCode, refused.Code, refused.MessageSid));
        Assert.All(Server.Messages.CallsFor(Ada), call => Assert.Equal((201, true), (call.StatusCode, call.Authorized)));
    }

    [Fact]
    public async Task Create_WithEverythingOptional_KeepsIt()
    {
        const string callback = "http://127.0.0.1:9/status?key=1#rc=0";
        var sendAt = DateTimeOffset.Parse("2030-01-01T00:00:00Z", CultureInfo.InvariantCulture);
        Assert.Equal(35114, (await Client.CreateAsync(Ada, ("ScheduleType", "fixed"), ("SendAt", "2001-01-01T00:00:00Z"))).Code);
        await Client.CreateAsync(Ada, ("StatusCallback", callback), ("ValidityPeriod", "600"), ("SendAt", sendAt.ToString("o")));

        var message = Assert.Single(Server.Messages.All);
        Assert.Equal((callback, 600), (message.StatusCallback, message.ValidityPeriod));
        Assert.Null(message.SendAt); // without ScheduleType Twilio ignores it
    }

    [Fact]
    public async Task Reset_AfterMessages_ForgetsEverything()
    {
        Server.OptOut(Ada);
        Server.Faults.FailNext(5, Fault.Error500);
        await Client.CreateAsync(Bob);
        Server.Reset();

        Assert.Equal((0, 0), (Server.Messages.Accepted, Server.Messages.TotalCalls));
        Assert.Equal(201, (await Client.CreateAsync(Ada)).Status);
    }
}

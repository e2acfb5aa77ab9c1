using System.Security.Cryptography;
using System.Text;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Simulator;

public sealed class CallbackTests : SimulatorTests
{
    [Fact]
    public async Task Callbacks_Delivered_TellEveryStatusButTheFirst()
    {
        await using var receiver = CallbackReceiver.Start();
        var created = await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url()));
        await Server.WhenIdleAsync(Cancellation);

        Assert.Equal(["delivered", "queued", "sending", "sent"], receiver.Statuses.Order());
        Assert.All(receiver.Received, callback =>
        {
            Assert.Equal((created["sid"], created["sid"]), (callback["MessageSid"], callback["SmsSid"]));
            Assert.Equal(callback["MessageStatus"], callback["SmsStatus"]);
            Assert.Equal((Ada, Server.Options.SenderNumber), (callback["To"], callback["From"]));
            Assert.Equal(Server.Options.MessagingServiceSid, callback["MessagingServiceSid"]);
            Assert.Equal((Server.Options.AccountSid, "2010-04-01"), (callback["AccountSid"], callback["ApiVersion"]));
            Assert.Null(callback["ErrorCode"]);
        });
        Assert.Equal(4, receiver.Received.Select(callback => callback.IdempotencyToken).Distinct().Count());
    }

    [Theory]
    [InlineData("status?broadcast=a1&key=b2", "#rc=2&rp=all")]
    [InlineData("status", "")]
    public async Task Signature_AnyUrl_CoversUrlAndParametersButNotFragment(string path, string fragment)
    {
        await using var receiver = CallbackReceiver.Start();
        await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url(path) + fragment));
        await Server.WhenIdleAsync(Cancellation);

        Assert.Equal(4, receiver.Received.Count);
        Assert.All(receiver.Received, callback =>
        {
            Assert.Equal($"/{path}", callback.PathAndQuery);
            var signed = receiver.Url(path) + string.Concat(
                callback.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + pair.Value));
            Assert.Equal(Sign(signed), callback.Signature);
        });
    }

    [Theory]
    [InlineData("undelivered", 30005, "queued,sending,sent,undelivered")]
    [InlineData("failed", 30007, "failed,queued")]
    public async Task Callbacks_NotDelivered_CarryTheCode(string status, int code, string statuses)
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Recipients[Ada] = new RecipientBehaviour { FinalStatus = status, ErrorCode = code };
        await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url()));
        await Server.WhenIdleAsync(Cancellation);

        Assert.Equal(statuses.Split(','), receiver.Statuses.Order());
        Assert.Equal($"{code}", receiver.Received.Single(callback => callback["MessageStatus"] == status)["ErrorCode"]);
        Assert.Equal((status, code), (Server.Messages.All[0].Status, Server.Messages.All[0].ErrorCode));
    }

    [Fact]
    public async Task CallbackStatuses_OnlyDelivered_SendsOne()
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Faults.CallbackStatuses = ["delivered"];
        await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url()));
        await Server.WhenIdleAsync(Cancellation);

        Assert.Equal(["delivered"], receiver.Statuses);
    }

    [Theory]
    [InlineData("", 503, 1)]
    [InlineData("#rc=2&rp=5xx", 503, 3)]
    [InlineData("#rc=5&rp=all", 404, 4)]
    [InlineData("#rc=5&rp=4xx,ct", 503, 1)]
    [InlineData("#rc=0&rp=all", 503, 1)]
    public async Task ConnectionOverrides_Failing_RetryAsAsked(string fragment, int status, int calls)
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Faults.CallbackStatuses = ["delivered"];
        Enumerable.Repeat(status, 3).ToList().ForEach(receiver.Answers.Enqueue);
        await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url() + fragment));
        await Server.WhenIdleAsync(Cancellation);

        Assert.Equal(calls, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(callback => callback.IdempotencyToken).Distinct());
    }

    [Fact]
    public async Task Callbacks_WithoutAListener_AreGivenUp()
    {
        var receiver = CallbackReceiver.Start();
        await receiver.DisposeAsync();
        Server.Faults.CallbackStatuses = ["delivered"];
        await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url()));
        await Server.WhenIdleAsync(Cancellation);

        Assert.Equal("delivered", Server.Messages.All[0].Status);
    }

    [Fact]
    public async Task SendInbound_Stop_IsSignedAndOptsOut()
    {
        await using var receiver = CallbackReceiver.Start();
        var status = await Server.SendInboundAsync(new Uri(receiver.Url("optout")), Ada, "Stop", "STOP");

        Assert.Equal(204, status);
        var received = Assert.Single(receiver.Received);
        Assert.Equal((Ada, "Stop", "STOP"), (received["From"], received["Body"], received["OptOutType"]));
        Assert.NotNull(received.Signature);
        Assert.Equal(21610, (await Client.CreateAsync(Ada)).Code);
        await Server.SendInboundAsync(new Uri(receiver.Url("optout")), Ada, "start");
        Assert.Equal(201, (await Client.CreateAsync(Ada)).Status);
    }

    private string Sign(string text)
    {
#pragma warning disable CA5350 // Twilio's choice, not ours.
        using var hmac = new HMACSHA1(Encoding.UTF8.GetBytes(Server.Options.AuthToken));
#pragma warning restore CA5350
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}

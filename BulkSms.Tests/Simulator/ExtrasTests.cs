using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Simulator;

/// <summary>Media, content templates, short links, and the channel that a Messaging Service chooses.</summary>
public sealed class ExtrasTests : SimulatorTests
{
    [Theory]
    [InlineData("ContentSid", "HX1", 21655)]
    [InlineData("MediaUrl", "example", 21620)]
    [InlineData("ContentVariables", "[]", 21656)]
    public async Task Create_ExtrasThatDoNotFit_AreRefused(string name, string value, int code) =>
        Assert.Equal($"{code}", (await Client.CreateAsync(Ada, (name, value)))["code"]);

    [Fact]
    public async Task Create_ShortenUrls_ListsTheTextWithShortLinks()
    {
        await Client.CreateAsync(Ada, ("Body", "See https://example.com/a/long/way now"), ("ShortenUrls", "true"));

        var message = Assert.Single(Server.Messages.All);
        Assert.Equal($"See https://short.example/{message.Sid[^10..]} now", message.ShownBody);
    }

    [Fact]
    public async Task Rcs_OfAPhoneThatReads_GoesOnToRead()
    {
        await using var receiver = CallbackReceiver.Start();
        Server.Recipients[Ada] = new RecipientBehaviour { Channel = "rcs", Reads = true };
        await Client.CreateAsync(Ada, ("StatusCallback", receiver.Url()));
        await Server.WhenIdleAsync(Cancellation);

        Assert.Equal(["delivered", "queued", "read", "sending", "sent"], receiver.Statuses.Order());
        Assert.All(receiver.Received, callback => Assert.Equal(($"rcs:{Ada}", "rcs:simulated_agent", "rcs"), (callback["To"], callback["From"], callback["ChannelPrefix"])));
        Assert.Empty((await Client.ListAsync($"?To={Uri.EscapeDataString(Ada)}")).Sids);
        Assert.Single((await Client.ListAsync($"?To={Uri.EscapeDataString($"rcs:{Ada}")}")).Sids);
    }
}

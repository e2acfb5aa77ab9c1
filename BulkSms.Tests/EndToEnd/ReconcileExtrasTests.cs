using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What became of a call is found out without comparing texts where Twilio's list shows others than it was given, and by whatever channel the message went.</summary>
public sealed class ReconcileExtrasTests
{
    private const string Ada = "+12015550101";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);
    private static readonly string Content = $"HX{new string('1', 32)}";

    public static TheoryData<string> Kinds => ["plain", "mediaUrls", "contentSid", "shortenUrls"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Unconfirmed_WithItsMessageInTheList_IsBound(string kind)
    {
        await using var app = await VirtualApp.StartAsync();
        app.Twilio.Next = _ => app.Twilio.Calls == 1 ? VirtualTwilio.Behaviour.TakeThenDrop : VirtualTwilio.Behaviour.Accept;
        var id = await app.BroadcastAsync(Body(kind));
        await app.RunAsync(TimeSpan.FromHours(1), Step, async () => (await app.RowAsync(id, Ada)).Status == RecipientStatus.Delivered);

        Assert.Equal((Assert.Single(app.Twilio.Messages).Sid, 1), ((await app.RowAsync(id, Ada)).Sid, app.Twilio.Calls));
    }

    // Two in doubt to one number: each text is told from the other only where both are known. No guess is made, and nothing is sent again.
    [Theory]
    [InlineData("contentSid")]
    [InlineData("shortenUrls")]
    public async Task Unconfirmed_BesideAnotherMessage_StaysInDoubt(string kind)
    {
        await using var app = await VirtualApp.StartAsync();
        app.Twilio.Next = _ => VirtualTwilio.Behaviour.TakeThenDrop;
        var id = await app.BroadcastAsync(Body(kind)); // shortened, the other has the text as it was given
        app.Twilio.Add(Ada, "MG00000000000000000000000000000000");
        await app.RunAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));

        Assert.Equal((RecipientStatus.Unconfirmed, 1), ((await app.RowAsync(id, Ada)).Status, app.Twilio.Calls));
    }

    [Theory]
    [InlineData("rcs:")]
    [InlineData("whatsapp:")]
    public async Task Unconfirmed_ThatWentByAnotherChannel_IsBoundAndNotSentAgain(string channel)
    {
        await using var app = await VirtualApp.StartAsync();
        app.Twilio.Channel = channel;
        app.Twilio.Next = _ => VirtualTwilio.Behaviour.TakeThenDrop;
        var id = await app.BroadcastAsync(Body("plain"));
        await app.RunAsync(TimeSpan.FromHours(1), Step, async () => (await app.RowAsync(id, Ada)).Status == RecipientStatus.Delivered);

        Assert.Equal((Assert.Single(app.Twilio.Messages).Sid, 1), ((await app.RowAsync(id, Ada)).Sid, app.Twilio.Calls));
    }

    private static object Body(string kind) => kind switch
    {
        "plain" => new { message = "Hi", recipients = new[] { Ada } },
        "mediaUrls" => new { mediaUrls = new[] { "https://example.com/a" }, recipients = new[] { Ada } },
        "contentSid" => new { contentSid = Content, recipients = new[] { Ada } },
        _ => new { message = "another", shortenUrls = true, recipients = new[] { Ada } },
    };
}

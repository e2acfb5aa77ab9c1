using BulkSms.Dispatch;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A message is sent by the Twilio account and the Messaging Service that it was accepted for, or not at all.</summary>
public sealed class AccountTests(MemoryFixture memory)
{
    private const string OtherService = "MG0000000000000000000000000000beef";
    internal static readonly TwilioSimulatorOptions OtherAccount = new() { AccountSid = "AC0000000000000000000000000000beef", AuthToken = "0000000000000000000000000000beef", MessagingServiceSid = OtherService };

    private static readonly KeyValuePair<string, string?>[] Quick =
        [new("Broadcasts:RequeueAfter", "00:00:01"), new("Sending:RetryBaseDelay", "00:00:00.010")];

    [Fact]
    public async Task Job_OfAnotherAccount_IsHeldAndShownUntilItsAccountIsBack()
    {
        var storage = memory.NewAccount();
        await using var twilio = await TwilioServer.StartAsync();
        await using var other = await TwilioServer.StartAsync(OtherAccount);
        var id = await AcceptAsync(storage, twilio, 5);

        await using (var changed = await TestApp.StartAsync(storage, Quick, twilio: other))
        {
            await changed.CompletedAsync((await changed.BroadcastAsync("Mine", "+15551239999")).BroadcastId);
            await Eventually.GetAsync(async () => (await changed.Queue(QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);

            var view = await changed.GetAsync(id);
            Assert.Equal("account", view.HeldFor);
            Assert.Equal(5, view.Counts[RecipientStatus.Pending]);
            Assert.All(await changed.RecipientsAsync(id), recipient => Assert.Equal((RecipientStatus.Pending, "account"), (recipient.Status, recipient.HeldFor)));
            Assert.Equal(["+15551239999"], other.Messages.Calls.Select(call => call.To));
        }

        await using var back = await TestApp.StartAsync(storage, Quick, twilio: twilio);
        await CompletedAsync(back, id);
        Assert.Equal((5, 1), (twilio.Messages.Accepted, twilio.Messages.MaxAcceptedPerNumber));
        Assert.All(await back.RecipientsAsync(id), recipient => Assert.Null(recipient.HeldFor));
    }

    [Fact]
    public async Task TwoHosts_OfTwoAccountsOnOneStorage_EachSendTheirOwn()
    {
        var storage = memory.NewAccount();
        await using var other = await TwilioServer.StartAsync(OtherAccount);
        await using var one = await TestApp.StartAsync(storage, Quick);
        await using var two = await TestApp.StartAsync(storage, Quick, twilio: other);

        var first = await one.BroadcastAsync("One", TestApp.Numbers(20));
        var second = await two.BroadcastAsync("Two", TestApp.Numbers(20, from: 100));
        await CompletedAsync(one, first.BroadcastId);
        await CompletedAsync(two, second.BroadcastId);

        Assert.Equal(TestApp.Numbers(20), one.Twilio.Messages.All.Select(message => message.To).Order(StringComparer.Ordinal));
        Assert.Equal(TestApp.Numbers(20, from: 100), other.Messages.All.Select(message => message.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Service_ChangedAfterAcceptance_IsNotTheOneThatSends()
    {
        var storage = memory.NewAccount();
        await using var twilio = await TwilioServer.StartAsync(new() { OtherMessagingServiceSids = [OtherService] });
        var id = await AcceptAsync(storage, twilio, 2);

        await using var changed = await TestApp.StartAsync(storage, [new("Twilio:MessagingServiceSid", OtherService)], twilio: twilio);
        await changed.CompletedAsync(id);
        await changed.CompletedAsync((await changed.BroadcastAsync("Later", "+15551239999")).BroadcastId);

        Assert.All(TestApp.Numbers(2), number => Assert.Equal(twilio.Options.MessagingServiceSid, Assert.Single(twilio.Messages.For(number)).MessagingServiceSid));
        Assert.Equal(OtherService, Assert.Single(twilio.Messages.For("+15551239999")).MessagingServiceSid);
    }

    [Fact]
    public async Task Job_ThatNamesNoAccount_GoesByItsBroadcasts()
    {
        var storage = memory.NewAccount();
        await using var twilio = await TwilioServer.StartAsync();
        await using var other = await TwilioServer.StartAsync(OtherAccount);
        string id;
        await using (var app = await TestApp.StartAsync(storage, pumping: false, twilio: twilio))
        {
            id = (await app.BroadcastAsync("Hello", TestApp.Numbers(2))).BroadcastId;
            foreach (var job in await app.TakeAllAsync(QueueNames.Outbound))
            {
                await app.Queue(QueueNames.Outbound).SendMessageAsync((job with { Account = null, Service = null }).Write());
            }
        }

        await using (var changed = await TestApp.StartAsync(storage, Quick, twilio: other))
        {
            await changed.CompletedAsync((await changed.BroadcastAsync("Mine", "+15551239999")).BroadcastId);
            Assert.Equal(0, TestApp.Numbers(2).Sum(number => other.Messages.CallsFor(number).Count));
        }

        await using var back = await TestApp.StartAsync(storage, Quick, twilio: twilio);
        await CompletedAsync(back, id);
        Assert.Equal(2, twilio.Messages.Accepted);
    }

    [Fact]
    public void Job_OfARow_CarriesWhatWasFrozen()
    {
        var job = SendJob.Parse(new("""
            {"v":1,"broadcastId":"0123456789abcdef0123456789ab","shard":3,"recipientKey":"0123456789abcdef0123456789abcdef","etag":"W/\"1\"","to":"+15551234567","text":"Hello","segments":1,
             "account":"AC1","service":"MG1","passedOn":2}
            """));

        Assert.Equal(("AC1", "MG1", 2), (job.Account, job.Service, job.PassedOn));
        Assert.Equal(job, SendJob.Parse(job.Write()));
    }

    // Sweeps meanwhile: what one host has dropped is requeued then.
    private static Task CompletedAsync(TestApp app, string id) => Eventually.GetAsync(
        async () =>
        {
            await app.Service<Sweeper>().RunAsync(default);
            return await app.GetAsync(id);
        },
        view => view.Status == "completed");

    private static async Task<string> AcceptAsync(string storage, TwilioServer twilio, int count)
    {
        await using var app = await TestApp.StartAsync(storage, pumping: false, twilio: twilio);
        return (await app.BroadcastAsync("Hello", TestApp.Numbers(count))).BroadcastId;
    }
}

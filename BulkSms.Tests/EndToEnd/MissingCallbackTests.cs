using BulkSms.Api;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.StatusCallbacks;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Callbacks that never come: Twilio is asked instead.</summary>
public sealed class MissingCallbackTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly KeyValuePair<string, string?>[] Soon = [new("Callbacks:PollAfter", "00:00:01")];

    [Fact]
    public async Task Sweep_AllCallbacksLost_FetchesEachStatusAndCompletes()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Soon);
        app.Twilio.Faults.Callbacks.LossProbability = 1;
        app.Twilio.Recipients["+15550000001"] = new RecipientBehaviour { FinalStatus = ProviderStatus.Undelivered, ErrorCode = 30005 };
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(10));

        var view = await SweepUntilAsync(app, accepted.BroadcastId, view => view.Status == "completed");

        Assert.Equal((9, 1), (view.Counts[RecipientStatus.Delivered], view.Counts[RecipientStatus.Undelivered]));
        Assert.Equal((30005, "the handset is unknown"), (Assert.Single(view.Errors).Code, view.Errors[0].Meaning));
        Assert.Equal(10, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Sweep_TwilioDoesNotAnswer_AsksAgainLater()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await SentAsync(app);
        app.Twilio.UnansweredReads = 3;

        await app.RunAsync(TimeSpan.FromHours(6), TimeSpan.FromMinutes(1), async () => (await app.GetAsync(id)).Status == "completed");

        Assert.Equal("completed", (await app.GetAsync(id)).Status);
        Assert.Equal(1, (await app.GetAsync(id)).Counts[RecipientStatus.Delivered]);
        Assert.Equal(4, app.Twilio.Asked.Count);
    }

    [Fact]
    public async Task Sweep_NotLongWithoutNews_AsksNothing()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await SentAsync(app);

        await app.RunAsync(new CallbackOptions().AskAfter - TimeSpan.FromMinutes(1), Step);
        Assert.Empty(app.Twilio.Asked);
        Assert.Equal(ProviderStatus.Accepted, (await app.RowAsync(id, Ada)).ProviderStatus);

        await app.RunAsync(TimeSpan.FromMinutes(3), Step);
        Assert.Single(app.Twilio.Asked);
        Assert.Equal(ProviderStatus.Delivered, (await app.RowAsync(id, Ada)).ProviderStatus);
    }

    private static async Task<string> SentAsync(VirtualApp app)
    {
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        await app.RunAsync(TimeSpan.FromMinutes(1), Step, () => Task.FromResult(app.Twilio.Messages.Count == 1));
        Assert.Single(app.Twilio.Messages);
        return id;
    }

    private static Task<BroadcastView> SweepUntilAsync(TestApp app, string broadcastId, Func<BroadcastView, bool> wanted) => Eventually.GetAsync(
        async () =>
        {
            await app.Service<Sweeper>().RunAsync(default);
            return await app.GetAsync(broadcastId);
        },
        wanted);
}

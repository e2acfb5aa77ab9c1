using BulkSms.Api;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Callbacks that never come: Twilio is asked instead.</summary>
public sealed class MissingCallbackTests(MemoryFixture memory)
{
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
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Soon);
        app.Twilio.Faults.Callbacks.LossProbability = 1;
        app.Twilio.Faults.FailNextReads(3, Fault.Error500);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        await SweepUntilAsync(app, accepted.BroadcastId, view => view.Status == "completed");
    }

    [Fact]
    public async Task Sweep_NotLongWithoutNews_AsksNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Faults.Callbacks.LossProbability = 1;
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await app.RowAsync(accepted.BroadcastId, "+15551230001", row => row.Sid is not null);
        await app.Twilio.WhenIdleAsync();

        await app.Service<Sweeper>().RunAsync(default);

        Assert.Equal(ProviderStatus.Accepted, (await app.RowAsync(accepted.BroadcastId, "+15551230001")).ProviderStatus);
    }

    private static Task<BroadcastView> SweepUntilAsync(TestApp app, string broadcastId, Func<BroadcastView, bool> wanted) => Eventually.GetAsync(
        async () =>
        {
            await app.Service<Sweeper>().RunAsync(default);
            return await app.GetAsync(broadcastId);
        },
        wanted);
}

using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A country that Twilio refuses costs a broadcast a few calls, not one a recipient.</summary>
public sealed class CountryStopTests(MemoryFixture memory)
{
    // Numbers that libphonenumber gives as examples of their kind; the simulator texts no phone.
    private static readonly string[] German = [.. Enumerable.Range(0, 20).Select(i => $"+4915123456{i:000}")];
    private static readonly KeyValuePair<string, string?>[] OneByOne = [new("Sending:MaxConcurrency", "1")];

    [Fact]
    public async Task RefusedThreeTimesInARow_RejectsTheRestOfThatCountryWithoutACall()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        Refuse(app, German, 21408);
        var others = TestApp.Numbers(10);

        var accepted = await app.BroadcastAsync("Hello", [.. German, .. others]);
        foreach (var job in await app.TakeAllAsync(QueueNames.Outbound))
        {
            await app.Service<SendSms>().HandleAsync(job, default); // one after the other: what is in flight when the country is stopped is called for as well
        }

        var view = await app.GetAsync(accepted.BroadcastId, view => view is { Status: "completed", Progress.Poisoned: 20 });
        Assert.Equal((20, 10), (view.Counts[RecipientStatus.Rejected], view.Counts[RecipientStatus.Delivered]));
        Assert.Equal(13, app.Twilio.Messages.TotalCalls);
        var stopped = (await app.RecipientsAsync(accepted.BroadcastId, "status=rejected&limit=1000")).Where(recipient => recipient.Attempts == 0).ToArray();
        Assert.Equal(17, stopped.Length);
        Assert.All(stopped, recipient => Assert.Equal(
            (21408, "not sent, as its country was refused 3 times in a row: texting this country is not enabled"), (recipient.Code, recipient.Reason)));
        Assert.All(await app.TakeAllAsync(QueueNames.OutboundPoison), job => Assert.Equal(21408, job.Failure!.Code));
    }

    [Fact]
    public async Task RefusedNowAndThen_StopsNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        Refuse(app, [German[0], German[1], German[3], German[4]], 21408); // two in a row, twice

        var accepted = await app.BroadcastAsync("Hello", German[..6]);
        foreach (var job in (await app.TakeAllAsync(QueueNames.Outbound)).OrderBy(job => job.To, StringComparer.Ordinal))
        {
            await app.Service<SendSms>().HandleAsync(job, default);
        }

        var view = await app.CompletedAsync(accepted.BroadcastId);
        Assert.Equal(6, app.Twilio.Messages.TotalCalls);
        Assert.Equal((4, 2), (view.Counts[RecipientStatus.Rejected], view.Counts[RecipientStatus.Delivered]));
    }

    [Fact]
    public async Task AnotherBroadcast_IsNotStopped()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), OneByOne);
        Refuse(app, German, 21408);
        await app.CompletedAsync((await app.BroadcastAsync("Hello", German)).BroadcastId);
        Assert.InRange(app.Twilio.Messages.TotalCalls, 3, 19); // the country was stopped in the first; what was in flight meanwhile was called for
        Refuse(app, German, null);

        var second = await app.CompletedAsync((await app.BroadcastAsync("Hello again", German)).BroadcastId);

        Assert.Equal(20, second.Counts[RecipientStatus.Delivered]);
    }

    [Fact]
    public async Task FailedAfterAcceptance_CountsAsWell()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "5")]);
        Array.ForEach(German, number => app.Twilio.Recipients[number] = new RecipientBehaviour { FinalStatus = ProviderStatus.Undelivered, ErrorCode = 30034 });

        var accepted = await app.BroadcastAsync("Hello", German);
        var view = await app.CompletedAsync(accepted.BroadcastId);

        Assert.InRange(view.Counts[RecipientStatus.Undelivered], 3, 19);
        Assert.Equal(20 - view.Counts[RecipientStatus.Undelivered], view.Counts[RecipientStatus.Rejected]);
    }

    [Fact]
    public async Task Replay_AfterThePermissionIsGiven_StartsTheCountryAgain()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), OneByOne);
        Refuse(app, German, 21408);
        var accepted = await app.BroadcastAsync("Hello", German);
        await app.CompletedAsync(accepted.BroadcastId);
        Assert.InRange(app.Twilio.Messages.TotalCalls, 3, 19);
        await app.PoisonAsync(20);
        Refuse(app, German, null);

        using var replayed = await app.PostJsonAsync($$"""{"broadcastId": "{{accepted.BroadcastId}}"}""", "/api/v1/poison/replay");

        await app.GetAsync(accepted.BroadcastId, view => view.Counts.GetValueOrDefault(RecipientStatus.Delivered) == 20);
    }

    private static void Refuse(TestApp app, IEnumerable<string> numbers, int? code)
    {
        foreach (var number in numbers)
        {
            app.Twilio.Recipients[number] = new RecipientBehaviour { RejectCode = code };
        }
    }
}

using Azure.Data.Tables;
using Azure.Storage.Queues;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Dispatch;
using BulkSms.Events;
using BulkSms.Outbox;
using BulkSms.Poison;
using BulkSms.Recipients;
using BulkSms.Retention;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Faults;

/// <summary>Events survive what dies, and a receiver that is away for days; and they cost nothing where no endpoint wants them. On a clock of their own.</summary>
public sealed class EventRecoveryTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly string[] Numbers = TestApp.Numbers(12);

    [Fact]
    public async Task NoEndpoint_Sending_MakesNotOneMoreCall()
    {
        await using var app = await VirtualApp.StartAsync(EventSettings.Usual);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers });

        var calls = await app.Storage.CallsOfAsync(() => app.RunAsync(TimeSpan.FromSeconds(30), Step, () => Task.FromResult(app.Twilio.Messages.Count == Numbers.Length)));
        var sweep = await app.Storage.CallsOfAsync(() => app.Service<SweepEvents>().RunAsync(default));

        Assert.Equal(2 * Numbers.Length, calls.Count(call => call.IsTo(TableNames.Recipients))); // claim, record
        Assert.Equal(Numbers.Length, calls.Count(call => call.Method == "DELETE"));
        Assert.All(calls.Where(call => !call.IsTo(TableNames.Recipients) && call.Method != "DELETE"), call => Assert.True(
            call.Address.Contains("/messages", StringComparison.Ordinal) || call.Address.Contains("'holds'", StringComparison.Ordinal), call.ToString())); // the receive, and what is stopped
        Assert.Empty(sweep);
        Assert.Equal(0, (await app.RowAsync(id, Numbers[0])).Sequence);
    }

    [Fact]
    public async Task ProcessDies_BeforeItTells_TheSweeperTellsOfEachRecipient()
    {
        await using var receiver = await EventReceiver.StartAsync();
        var first = await VirtualApp.StartAsync(EventSettings.Usual);
        await EventSettings.AddEndpointAsync(first.Http, receiver, EventTypes.RecipientFinished);
        first.Breaks = call => call.Path.StartsWith(TableNames.EventDeliveries, StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None; // what it knows dies with it
        var id = await first.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        await first.RunAsync(TimeSpan.FromMinutes(20), Step, () => IsDoneAsync(first, id));
        await first.DisposeAsync();
        Assert.Empty(receiver.Requests);

        await using var second = await VirtualApp.StartAsync(EventSettings.Usual, before: first);
        second.Clock.Advance(TimeSpan.FromMinutes(1));
        await second.Service<SweepEvents>().RunAsync(default);
        await second.DeliverEventsAsync();
        await second.Service<SweepEvents>().RunAsync(default);

        Assert.Equal(Numbers, receiver.Of(EventTypes.RecipientFinished).Select(each => each.GetProperty("data").GetProperty("to").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(0, await second.DeliverEventsAsync());
        Assert.False((await second.RowAsync(id, Numbers[0])).IsUntold);
    }

    [Fact]
    public async Task ProcessDies_AfterItHasTold_TheyAreToldAgainUnderTheSameIds()
    {
        await using var receiver = await EventReceiver.StartAsync();
        var first = await VirtualApp.StartAsync(EventSettings.Usual);
        await EventSettings.AddEndpointAsync(first.Http, receiver, EventTypes.RecipientFinished);
        first.Breaks = call => call.Body.Contains("\"untold\":false", StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        var id = await first.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        await first.RunAsync(TimeSpan.FromMinutes(20), Step, async () => await IsDoneAsync(first, id) && await first.DeliverEventsAsync() >= 0 && receiver.Events.Count >= Numbers.Length);
        await first.DisposeAsync();

        await using var second = await VirtualApp.StartAsync(EventSettings.Usual, before: first);
        second.Clock.Advance(TimeSpan.FromMinutes(1));
        await second.Service<SweepEvents>().RunAsync(default);
        await second.DeliverEventsAsync();

        Assert.True(receiver.Events.Count > Numbers.Length);
        Assert.Equal(Numbers.Length, receiver.Events.Select(each => each.GetProperty("id").GetString()).Distinct().Count());
        Assert.False((await second.RowAsync(id, Numbers[0])).IsUntold);
    }

    [Fact]
    public async Task ProcessDies_BeforeItTellsOfAPause_TheSweeperDoes()
    {
        await using var receiver = await EventReceiver.StartAsync();
        var first = await VirtualApp.StartAsync(EventSettings.Usual);
        await EventSettings.AddEndpointAsync(first.Http, receiver, EventTypes.BroadcastPaused);
        first.Breaks = call => call.Path.StartsWith(TableNames.EventDeliveries, StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        var id = await first.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        using var paused = await first.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null);
        await first.DisposeAsync();

        await using var second = await VirtualApp.StartAsync(EventSettings.Usual, before: first);
        await second.Service<SweepEvents>().RunAsync(default);
        await second.DeliverEventsAsync();
        await second.Service<SweepEvents>().RunAsync(default);
        await second.DeliverEventsAsync();

        Assert.Equal(id, Assert.Single(receiver.Events).GetProperty("data").GetProperty("broadcastId").GetString());
    }

    [Fact]
    public async Task QueueMessage_Lost_IsWrittenAgain()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await VirtualApp.StartAsync(EventSettings.Usual);
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.BroadcastPaused);
        using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null);
        await app.Service<QueueServiceClient>().GetQueueClient(QueueNames.Events).ClearMessagesAsync();

        await app.Service<SweepEvents>().RunAsync(default);
        Assert.Equal(0, await app.DeliverEventsAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(13));
        await app.Service<SweepEvents>().RunAsync(default);

        Assert.Equal(1, await app.DeliverEventsAsync());
        Assert.Single(receiver.Events);
    }

    [Fact]
    public async Task Receiver_AwayForDays_IsTriedForThreeDaysAndThenGivenUp()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await VirtualApp.StartAsync(EventSettings.Usual);
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.BroadcastPaused);
        receiver.Next = _ => ReceiverAnswer.Refused;
        var begun = app.Clock.GetUtcNow();
        using var tested = await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null);

        while ((await EventSettings.DeliveriesAsync(app.Http))[0].Status == DeliveryStatus.Pending)
        {
            await app.DeliverEventsAsync();
            app.Clock.Advance(TimeSpan.FromMinutes(5));
            Assert.True(app.Clock.GetUtcNow() - begun < TimeSpan.FromDays(4));
        }

        var tries = receiver.Requests.Select(each => each.At - begun).ToArray();
        Assert.InRange(tries.Length, 30, 80);
        Assert.InRange(tries[^1], TimeSpan.FromDays(3) - TimeSpan.FromHours(3.1), TimeSpan.FromDays(3));
        Assert.Single(receiver.Requests.Select(each => each.Id).Distinct());
        var poison = (await app.Service<QueueServiceClient>().GetQueueClient(QueueNames.EventsPoison).ReceiveMessageAsync()).Value;
        await app.Service<FilePoison>().EventAsync(new(poison.MessageId, poison.Body, poison.InsertedOn), default);
        var entry = Assert.Single(await app.Service<PoisonTable>().ListAsync(null, null, null, 10, default));
        Assert.Contains("it answered 500", entry.Reason, StringComparison.Ordinal);
        Assert.Equal(tries.Length, entry.Attempts);
    }

    [Fact]
    public async Task Erase_OfABroadcast_ErasesWhatWasToldOfItsRecipients()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await VirtualApp.StartAsync(EventSettings.Usual);
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.RecipientFinished, EventTypes.BroadcastCompleted);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        await app.RunAsync(TimeSpan.FromMinutes(20), Step, async () => await app.DeliverEventsAsync() >= 0 && receiver.Of(EventTypes.BroadcastCompleted).Count > 0 && receiver.Of(EventTypes.RecipientFinished).Count == Numbers.Length);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains(await EventSettings.DeliveriesAsync(app.Http), each => each.BroadcastId == id);

        var broadcast = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        Assert.True(await app.Service<EraseBroadcast>().RunAsync(broadcast, default));
        await app.Service<SweepEvents>().RunAsync(default);

        var left = await EventSettings.DeliveriesAsync(app.Http);
        Assert.All(left, each => Assert.Equal(EventTypes.BroadcastCompleted, each.Type));
        Assert.Empty(await app.Service<UntoldMarkers>().ListAsync(default));
        var rows = await app.Service<TableServiceClient>().GetTableClient(TableNames.EventDeliveries).QueryAsync<TableEntity>(row => row.PartitionKey != "crm").ToListAsync();
        Assert.Empty(rows);
    }

    [Fact]
    public async Task Marker_OfABroadcastThatIsDoneAndTold_IsTakenAwayWhenNoInstanceReliesOnIt()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await VirtualApp.StartAsync(EventSettings.Usual);
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.RecipientFinished);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        await app.RunAsync(TimeSpan.FromMinutes(20), Step, async () => (await app.Service<BroadcastStore>().FindAsync(id, default))!.CompletedAt is not null);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Service<SweepEvents>().RunAsync(default);
        Assert.Single(await app.Service<UntoldMarkers>().ListAsync(default));

        app.Clock.Advance(TimeSpan.FromMinutes(61));
        await app.Service<SweepEvents>().RunAsync(default);

        Assert.Empty(await app.Service<UntoldMarkers>().ListAsync(default));
    }

    [Fact]
    public async Task EndpointsCannotBeRead_TheResultIsWrittenAndToldLater()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await VirtualApp.StartAsync(EventSettings.Usual);
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.RecipientFinished);
        var id = await app.BroadcastAsync(new { message = "Hello", sendAt = app.Clock.GetUtcNow().AddHours(1), recipients = Numbers[..1] });
        var row = await app.RowAsync(id, Numbers[0]);
        app.Clock.Advance(TimeSpan.FromMinutes(5)); // what it knows of the endpoints is old
        app.Breaks = call => call.Path.StartsWith(TableNames.Broadcasts, StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None;

        var written = await app.Service<RecipientTable>().TryApplyAsync(row, new RecipientEvent.OptedOut("r"), default);
        app.Breaks = _ => StorageFaultKind.None;
        Assert.Equal((RecipientStatus.OptedOut, true), (written!.Status, written.IsUntold));
        while (app.Service<FinishedRecipients>().All.TryRead(out _))
        {
            // its instance dies
        }

        await app.RunAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1), async () =>
        {
            await app.Service<SweepEvents>().RunAsync(default);
            return await app.DeliverEventsAsync() >= 0 && receiver.Of(EventTypes.RecipientFinished).Count > 0;
        });

        Assert.Equal(Numbers[0], Assert.Single(receiver.Of(EventTypes.RecipientFinished)).GetProperty("data").GetProperty("to").GetString());
    }

    private static async Task<bool> IsDoneAsync(VirtualApp app, string id) => (await app.GetAsync(id)).Counts.GetValueOrDefault(RecipientStatus.Delivered) == Numbers.Length;
}

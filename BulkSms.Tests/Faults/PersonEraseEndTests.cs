using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Events;
using BulkSms.OptOuts;
using BulkSms.Outbox;
using BulkSms.Recipients;
using BulkSms.Retention.People;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using static BulkSms.Tests.Infrastructure.PersonScene;

namespace BulkSms.Tests.Faults;

/// <summary>The erasure of a person comes to its end within minutes, whatever was left by what died.</summary>
public sealed class PersonEraseEndTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Erase_OfACallThatNoReadingCanTell_CountsItAsUnknown()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        string[] ids = [await InDoubtAsync(app, VirtualTwilio.Behaviour.TakeThenDrop), await InDoubtAsync(app, VirtualTwilio.Behaviour.Drop)]; // two alike, and one message
        await app.RunAsync(TimeSpan.FromHours(1), Step);
        Assert.Equal(RecipientStatus.Unconfirmed, (await app.RowAsync(ids[0], Ada)).Status);

        var job = await EndedAsync(app, await StartAsync(app, "erase", new { phone = Ada }), TimeSpan.FromMinutes(10));
        await app.RunAsync(TimeSpan.FromHours(1), Step);

        Assert.Equal(2, (int)job["messages"]!);
        foreach (var id in ids)
        {
            Assert.Equal(RecipientStatus.Unknown, Assert.Single((await app.GetAsync(id)).Counts, count => count.Value > 0).Key);
        }

        Assert.Single(app.Twilio.Messages);
        Assert.Empty(await StoredText.FindAsync(app, OfAda));
    }

    [Fact]
    public async Task Erase_WhileAnotherBroadcastIsNotFannedOut_StillTellsWhatBecameOfTheCall()
    {
        await using var app = await VirtualApp.StartAsync([.. Settings, new("Broadcasts:InlineRecipientLimit", "1")]);
        var id = await InDoubtAsync(app, VirtualTwilio.Behaviour.TakeThenDrop);
        var waiting = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada, Bob } });
        var job = await StartAsync(app, "erase", new { phone = Ada });
        await app.Service<RunPersonJobs>().RunAsync(default); // takes her out of the list before there is a row

        await EndedAsync(app, job);
        await app.CompletedAsync(waiting);

        Assert.NotEqual(RecipientStatus.Unknown, Assert.Single((await app.GetAsync(id)).Counts, count => count.Value > 0).Key);
        Assert.Equal([Ada, Bob], app.Twilio.Messages.Select(message => message.To).OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reconcile_WhoWasErasedWasSentToAtThatTime_ProvesNothing()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        var sent = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada, Bob } });
        await app.CompletedAsync(sent);
        var row = await app.RowAsync(sent, Ada);
        var table = app.Service<RecipientTable>();
        var at = row.SentAt!.Value;
        await EraseAsync(app, keepOptOut: false);

        Assert.True(await table.AnyErasedAsync(new(sent, 0), at.AddMinutes(-1), at.AddMinutes(1), default));
        Assert.False(await table.AnyErasedAsync(new(sent, 0), at.AddMinutes(5), at.AddMinutes(9), default));
        Assert.False(await table.AnyErasedAsync(new(sent, 0), at.AddMinutes(-9), at.AddMinutes(-5), default));
    }

    [Fact]
    public async Task Erase_ListsOfOtherRequestsThatDied_AreNotWaitedFor()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await app.CompletedAsync(await PersonalAsync(app));
        await OrphanAsync(app, $"{Bob}\n{Eve}\n");

        await EndedAsync(app, await StartAsync(app, "erase", new { phone = Ada }), TimeSpan.FromMinutes(4));

        Assert.NotEmpty(await StoredText.FindAsync(app, Eve));
    }

    [Fact]
    public async Task Erase_AListOfARequestThatDied_IsErasedOnceItCannotBeCommitted()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await OrphanAsync(app, $"{Bob}\n{Ada}\n");
        var job = await StartAsync(app, "erase", new { phone = Ada });
        await app.RunAsync(TimeSpan.FromMinutes(4), Step, () => RunAsync(app));
        Assert.Equal(EraseUnread.ForLists, (string)(await JobAsync(app, job))["waitingFor"]!);

        await EndedAsync(app, job, TimeSpan.FromMinutes(2));

        Assert.Empty(await StoredText.FindAsync(app, OfAda));
    }

    [Fact]
    public async Task Erase_EventsThatNoEndpointWantsAnyMore_AreErasedAndThoseOfOthersStay()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await AddAsync(app, "one", EventTypes.OptOutChanged, $$"""{"phones":["{{Ada}}","{{Eve}}"]}""");
        await AddAsync(app, "two", EventTypes.MessageReceived, $$"""{"from":"{{FormerAda}}","text":"I am Lovelace"}""");

        await EndedAsync(app, await StartAsync(app, "erase", new { phone = Ada }), TimeSpan.FromMinutes(4));

        var left = Assert.Single(await app.Service<OutboxTable>().ListAsync(default).ToListAsync());
        Assert.Equal(("one", $$"""{"phones":["{{Eve}}"]}"""), (left.Event.Id, left.Event.Data));
    }

    [Fact]
    public async Task Tell_WhoIsErasedSinceTheRowWasWritten_IsNotInTheDelivery()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await VirtualApp.StartAsync([.. Settings, .. EventSettings.Usual]);
        await EventSettings.AddEndpointAsync(app.Http, receiver, EventTypes.RecipientFinished);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada, Bob } });
        await app.CompletedAsync(id);
        Recipient[] rows = [await app.RowAsync(id, Ada) with { IsUntold = true }, await app.RowAsync(id, Bob) with { IsUntold = true }];
        await EraseAsync(app);

        await app.Service<TellFinished>().RunAsync(id, rows, default); // its instance was frozen until now

        Assert.Empty(await StoredText.FindAsync(app, OfAda));
        Assert.Contains(await app.Service<DeliveryTable>().AllAsync(default).ToListAsync(), each => System.Text.Encoding.UTF8.GetString(each.Body()).Contains(Bob, StringComparison.Ordinal));
        Assert.All(await app.Service<DeliveryTable>().AllAsync(default).ToListAsync(), each => Assert.DoesNotContain(Ada, System.Text.Encoding.UTF8.GetString(each.Body()), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Erase_WithoutAHash_OtherInstancesForgetTheOptOutSoon()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        Assert.True(await app.Service<OptOutList>().TryAddAsync([Ada, Eve], OptOutSource.Api, default));
        var other = new OptOutCache(app.Service<OptOutList>(), app.Clock);
        Assert.True((await other.ReadAsync()).Contains(Ada));

        await EraseAsync(app, keepOptOut: false);
        await Eventually.GetAsync(async () => (await other.ReadAsync()).Contains(Ada), found => !found);

        Assert.True((await other.ReadAsync()).Contains(Eve));
    }

    private static async Task<string> InDoubtAsync(VirtualApp app, VirtualTwilio.Behaviour behaviour)
    {
        app.Twilio.Next = _ => behaviour;
        var id = await app.BroadcastAsync(new { message = "Hello", confirmRepeat = true, recipients = new[] { Ada } });
        await app.RunAsync(TimeSpan.FromMinutes(1), Step, async () => (await app.RowAsync(id, Ada)).Status == RecipientStatus.Unconfirmed);
        app.Twilio.Next = _ => VirtualTwilio.Behaviour.Accept;
        return id;
    }

    private static async Task<bool> RunAsync(VirtualApp app)
    {
        await app.Service<RunPersonJobs>().RunAsync(default);
        return false;
    }

    private static Task OrphanAsync(VirtualApp app, string lines) => app.Service<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Broadcasts)
        .GetBlobClient($"{BroadcastId.New(app.Clock.GetUtcNow())}/recipients-orphan.txt").UploadAsync(BinaryData.FromString(lines), overwrite: true);

    private static Task AddAsync(VirtualApp app, string id, string type, string data) => app.Service<TableServiceClient>().GetTableClient(TableNames.OptOuts)
        .AddEntityAsync(new OutboxEvent(id, type, "optouts", 1, data).Write(PartitionNames.OptOuts));
}

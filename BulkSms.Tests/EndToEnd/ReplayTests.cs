using System.Net;
using System.Net.Http.Json;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.OptOuts;
using BulkSms.Poison;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Putting what failed for good back to work: once, and never to a recipient who got a message.</summary>
public sealed class ReplayTests(MemoryFixture memory)
{
    private static readonly string[] Numbers = TestApp.Numbers(6);

    [Fact]
    public async Task Replay_OfABroadcastWhoseFaultIsMended_SendsToTheRejectedOnceAndCompletesAgain()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var id = await RejectedAsync(app, 3);
        Repair(app);

        var replayed = await ReplayAsync(app, new { broadcastId = id });
        var again = await ReplayAsync(app, new { broadcastId = id });

        Assert.Equal((3, 0), (replayed.Replayed, replayed.Skipped.Count));
        Assert.Equal(0, again.Replayed);
        var view = await app.GetAsync(id, view => view.Counts.GetValueOrDefault(RecipientStatus.Delivered) == 6);
        Assert.Equal((6, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.Equal(0, view.Progress.Poisoned);
        Assert.All(await app.PoisonAsync($"broadcastId={id}"), message => Assert.NotNull(message.ReplayedAt));
    }

    [Fact]
    public async Task Replay_OfACompletedBroadcast_OpensItAgain()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var id = await RejectedAsync(app, 1);
        await SweepAsync(app, id, broadcast => broadcast.CompletedAt is not null);
        Repair(app);

        Assert.Equal(1, (await ReplayAsync(app, new { broadcastId = id })).Replayed);

        var open = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        Assert.Equal((null, null), (open.CompletedAt, open.Totals));
        Assert.Contains(id, await app.Service<BroadcastStore>().ListActiveAsync(default).ToListAsync());
        await app.GetAsync(id, view => view.Counts.GetValueOrDefault(RecipientStatus.Delivered) == 6);
    }

    [Fact]
    public async Task Replay_TenAtOnce_IsOneReplay()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var id = await RejectedAsync(app, 3);
        Repair(app);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ReplayAsync(app, new { broadcastId = id })));

        await app.GetAsync(id, view => view.Counts.GetValueOrDefault(RecipientStatus.Delivered) == 6);
        Assert.Equal((6, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.Equal(9, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Replay_StillRefused_IsANewEntryAndTheOldOneIsSpent()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var id = await RejectedAsync(app, 1);
        var old = Assert.Single(await app.PoisonAsync());

        Assert.Equal(1, (await ReplayAsync(app, new { ids = new[] { old.Id } })).Replayed);
        await app.PoisonAsync(2, $"broadcastId={id}");
        var again = await ReplayAsync(app, new { ids = new[] { old.Id } });

        Assert.Equal((0, 1), (again.Replayed, again.Skipped["movedOn"]));
        Assert.Equal(2, app.Twilio.Messages.CallsFor(Numbers[0]).Count);
    }

    [Fact]
    public async Task Replay_ByCode_TakesOnlyThatCode()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients[Numbers[5]] = new RecipientBehaviour { RejectCode = 21211 };
        var id = await RejectedAsync(app, 2, expected: 3);
        Repair(app);
        app.Twilio.Recipients[Numbers[5]] = new RecipientBehaviour();

        Assert.Equal(1, (await ReplayAsync(app, new { code = 21211 })).Replayed);

        await app.GetAsync(id, view => view.Counts.GetValueOrDefault(RecipientStatus.Delivered) == 4);
        Assert.Equal(2, (await app.GetAsync(id)).Counts[RecipientStatus.Rejected]);
    }

    [Fact]
    public async Task Replay_RecipientWhoOptedOut_IsRefused()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var id = await RejectedAsync(app, 1);
        Repair(app);
        await app.Service<OptOutList>().TryAddAsync([Numbers[0]], OptOutSource.Text, default);

        var replayed = await ReplayAsync(app, new { broadcastId = id });

        Assert.Equal((0, 1), (replayed.Replayed, replayed.Skipped["optedOut"]));
        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(id, Numbers[0])).Status);
        Assert.Single(app.Twilio.Messages.CallsFor(Numbers[0]));
    }

    [Fact]
    public async Task Replay_RowThatGotAMessageAfterAll_IsLeft()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var id = await RejectedAsync(app, 1);
        var row = await app.RowAsync(id, Numbers[0], row => row.PoisonedAt is not null);
        await app.Service<RecipientTable>().TryMergeAsync(row.Key, row.ETag, new() { [RecipientColumns.Sid] = "SM" + new string('a', 32) }, default);

        var replayed = await ReplayAsync(app, new { broadcastId = id });

        Assert.Equal((0, 1), (replayed.Replayed, replayed.Skipped["movedOn"]));
        Assert.Single(app.Twilio.Messages.CallsFor(Numbers[0]));
    }

    [Fact]
    public async Task Replay_CanceledBroadcast_IsRefusedAlsoAfterItsEnd()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "5")]);
        app.Twilio.Recipients[Numbers[0]] = new RecipientBehaviour { RejectCode = 21614 };
        var accepted = await app.BroadcastAsync("Hello", Numbers);
        await app.PoisonAsync(1);
        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{accepted.BroadcastId}/cancel", null);

        var before = await ReplayAsync(app, new { broadcastId = accepted.BroadcastId });
        await SweepAsync(app, accepted.BroadcastId, broadcast => broadcast.CompletedAt is not null);
        var after = await ReplayAsync(app, new { broadcastId = accepted.BroadcastId });

        Assert.Equal((0, 1, 0, 1), (before.Replayed, before.Skipped["canceled"], after.Replayed, after.Skipped["canceled"]));
        Assert.Single(app.Twilio.Messages.CallsFor(Numbers[0]));
    }

    [Fact]
    public async Task Replay_WhatIsNoVerdictOfOurs_IsLeft()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await app.Queue(Storage.QueueNames.OutboundPoison).SendMessageAsync("nonsense");
        var unread = Assert.Single(await app.PoisonAsync(1));

        var replayed = await ReplayAsync(app, new { ids = new[] { unread.Id, $"{new string('0', 28)}.{new string('0', 32)}-x" } });

        Assert.Equal((0, 1, 1), (replayed.Replayed, replayed.Skipped["notReplayable"], replayed.Skipped["gone"]));
    }

    [Theory]
    [InlineData("{}", "$")]
    [InlineData("[]", "$")]
    [InlineData("""{"all": true}""", "$")]
    [InlineData("""{"ids": [], "code": 1}""", "$.ids")]
    [InlineData("""{"ids": ["x"]}""", "$.ids[0]")]
    [InlineData("""{"broadcastId": 7}""", "$.broadcastId")]
    [InlineData("""{"code": "21614"}""", "$.code")]
    [InlineData("""{"code": 1.5}""", "$.code")]
    [InlineData("""{"code": 1, "cursor": ""}""", "$.cursor")]
    public async Task Replay_FaultyRequest_Is400NamingIt(string body, string path)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync(body, "/api/v1/poison/replay");

        var problem = await response.Content.ReadFromJsonAsync(ProblemDocument.Json);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(path, problem!.Errors!.Keys);
    }

    // All but the first few gets the message; those are refused and kept.
    private static async Task<string> RejectedAsync(TestApp app, int count, int? expected = null)
    {
        Array.ForEach(Numbers[..count], number => app.Twilio.Recipients[number] = new RecipientBehaviour { RejectCode = 21614 });
        var accepted = await app.BroadcastAsync("Hello", Numbers);
        await app.PoisonAsync(expected ?? count);
        await app.CompletedAsync(accepted.BroadcastId);
        return accepted.BroadcastId;
    }

    private static void Repair(TestApp app) => Array.ForEach(Numbers[..5], number => app.Twilio.Recipients[number] = new RecipientBehaviour());

    private static async Task<ReplayView> ReplayAsync(TestApp app, object body)
    {
        using var response = await app.Http.PostAsJsonAsync("/api/v1/poison/replay", body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.ReplayView))!;
    }

    private static Task SweepAsync(TestApp app, string id, Func<Broadcast, bool> wanted) => Eventually.GetAsync(
        async () =>
        {
            await app.Service<Sweeper>().RunAsync(default);
            return (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        },
        wanted);
}

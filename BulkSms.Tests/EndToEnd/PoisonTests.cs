using System.Net;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What comes to the poison queues, ours and the host's, is kept; and the row decides what else it means.</summary>
public sealed class PoisonTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";

    [Fact]
    public async Task List_ByBroadcastAndCode_PagesNewestBroadcastFirst()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var numbers = TestApp.Numbers(5);
        Array.ForEach(numbers[..3], number => app.Twilio.Recipients[number] = new RecipientBehaviour { RejectCode = 21614 });
        app.Twilio.Recipients[numbers[3]] = new RecipientBehaviour { RejectCode = 21211 };
        var first = await app.BroadcastAsync("Hello", numbers);
        await app.PoisonAsync(4);
        var second = await app.BroadcastAsync("Hello again", numbers);
        var all = await app.PoisonAsync(8);

        Assert.Equal(Enumerable.Repeat(second.BroadcastId, 4).Concat(Enumerable.Repeat(first.BroadcastId, 4)), all.Select(message => message.BroadcastId));
        Assert.Equal(3, (await app.PoisonAsync($"broadcastId={first.BroadcastId}&code=21614")).Count);
        Assert.Equal(numbers[3], Assert.Single(await app.PoisonAsync($"broadcastId={second.BroadcastId}&code=21211")).To);
        Assert.Empty(await app.PoisonAsync("code=30005"));
        var paged = new List<PoisonView>();
        string? cursor = null;
        do
        {
            var page = (await app.GetJsonAsync($"/api/v1/poison?limit=3&cursor={cursor}", ApiJson.Default.PoisonPage))!;
            Assert.InRange(page.Messages.Count, 1, 3);
            paged.AddRange(page.Messages);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(all.Select(message => message.Id), paged.Select(message => message.Id)); // what names the recipient may come a moment later
    }

    [Theory]
    [InlineData("broadcastId=nonsense", "broadcastId")]
    [InlineData("code=x", "code")]
    [InlineData("cursor=a.b.c", "cursor")]
    [InlineData("limit=0", "limit")]
    public async Task List_NonsensicalParameter_Is400NamingIt(string query, string named)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.Http.GetAsync($"/api/v1/poison?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{named}\":[", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageDoubledInThePoisonQueue_IsOneEntry()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        app.Twilio.Recipients[Ada] = new RecipientBehaviour { RejectCode = 21614 };
        await app.BroadcastAsync("Hello", Ada);
        await app.Service<SendSms>().HandleAsync(Assert.Single(await app.TakeAllAsync(QueueNames.Outbound)), default);
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.OutboundPoison));

        await app.Service<FilePoison>().SmsAsync(new("one", job.Write(), null), default);
        await app.Service<FilePoison>().SmsAsync(new("two", job.Write(), null), default);

        Assert.Equal(21614, Assert.Single(await app.PoisonAsync()).Code);
    }

    [Fact]
    public async Task MessageThatCannotBeRead_IsKeptAsItIs()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());

        await app.Queue(QueueNames.OutboundPoison).SendMessageAsync(new BinaryData("{\"v\": 99}"u8.ToArray()));
        await app.Queue(QueueNames.ExpandPoison).SendMessageAsync(new BinaryData(new byte[] { 0, 255, 17 }));

        var kept = await app.PoisonAsync(2);
        Assert.All(kept, message => Assert.Equal(("host", "the message could not be read"), (message.Source, message.Reason)));
        Assert.Equal("{\"v\": 99}"u8.ToArray(), kept.Single(message => message.Queue == QueueNames.OutboundPoison).Body);
        Assert.Equal([0, 255, 17], kept.Single(message => message.Queue == QueueNames.ExpandPoison).Body!);
        Assert.Equal(0, (await app.Queue(QueueNames.OutboundPoison).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task FanOutMessageThatTheHostGaveUp_IsKept()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var accepted = await app.BroadcastAsync("Hello", Ada);

        await app.Queue(QueueNames.ExpandPoison).SendMessageAsync(new FanOutJob { BroadcastId = accepted.BroadcastId }.Write());

        var kept = Assert.Single(await app.PoisonAsync(1));
        Assert.Equal(("host", QueueNames.ExpandPoison, accepted.BroadcastId), (kept.Source, kept.Queue, kept.BroadcastId));
    }

    [Fact]
    public async Task HostGaveUp_StillPending_IsEnqueuedAgainAndSentOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (id, job) = await OneJobAsync(app);

        await app.Service<FilePoison>().SmsAsync(new("m1", job.Write(), null), default);
        await app.Service<FilePoison>().SmsAsync(new("m1", job.Write(), null), default); // delivered again: counted once, enqueued twice
        var jobs = await app.TakeAllAsync(QueueNames.Outbound);
        await Task.WhenAll(jobs.Select(each => app.Service<SendSms>().HandleAsync(each, default)));

        Assert.Equal(2, jobs.Count);
        Assert.Equal(1, (await app.RowAsync(id, Ada)).GivenUp);
        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
        Assert.Equal("host", Assert.Single(await app.PoisonAsync()).Source);
    }

    [Fact]
    public async Task HostGaveUp_ThreeTimes_IsRejectedWithThatReasonAndPoisoned()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (id, job) = await OneJobAsync(app);

        foreach (var message in new[] { "m1", "m2", "m3" })
        {
            await app.Service<FilePoison>().SmsAsync(new(message, job.Write(), null), default);
        }

        var row = await app.RowAsync(id, Ada);
        var poison = Assert.Single(await app.TakeAllAsync(QueueNames.OutboundPoison));
        Assert.Equal((RecipientStatus.Rejected, "given up: the Functions host failed on it 3 times"), (row.Status, row.Reason));
        Assert.Equal((row.ClaimId, row.Reason), (poison.Failure!.ClaimId, poison.Failure.Reason));
        Assert.NotNull(row.PoisonedAt);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task HostGaveUp_ClaimedByTheDead_BecomesUnconfirmed()
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(),
            [new("Sending:SendDeadline", "00:00:00.100"), new("Sending:CallTimeout", "00:00:00.100"), new("Sending:ClaimLease", "00:00:01")],
            pumping: false);
        var (id, job) = await OneJobAsync(app);
        await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default);

        var row = await Eventually.GetAsync(
            async () =>
            {
                await app.Service<FilePoison>().SmsAsync(new("m1", job.Write(), null), default);
                return await app.RowAsync(id, Ada);
            },
            row => row.Status != RecipientStatus.Sending);

        Assert.Equal(RecipientStatus.Unconfirmed, row.Status);
        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
    }

    [Fact]
    public async Task HostGaveUp_SentAlready_IsOnlyFiled()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (id, job) = await OneJobAsync(app);
        await app.Service<SendSms>().HandleAsync(job, default);

        await app.Service<FilePoison>().SmsAsync(new("m1", job.Write(), null), default);

        Assert.Single(await app.PoisonAsync());
        Assert.NotNull((await app.RowAsync(id, Ada)).Sid);
        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
    }

    [Fact]
    public async Task HostGaveUp_ForReal_IsKeptAndSentOnceStorageIsBack()
    {
        // Each claim fails until the host has given the message up once.
        var failing = true;
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
            failing && call.Operation is StorageOperation.MergeRecipient or StorageOperation.ReadRecipient ? StorageFaultKind.BusyBefore : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(
            proxy.ConnectionString, invisibility: TimeSpan.FromSeconds(5), queues: TestApp.Queues with { MaxDequeueCount = 2 });
        var accepted = await app.BroadcastAsync("Hello", Ada);
        await app.PoisonAsync(1);

        failing = false;
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal(1, app.Twilio.Messages.Accepted);
    }

    private static async Task<(string BroadcastId, SendJob Job)> OneJobAsync(TestApp app)
    {
        var accepted = await app.BroadcastAsync("Hello", Ada);
        return (accepted.BroadcastId, Assert.Single(await app.TakeAllAsync(QueueNames.Outbound)));
    }
}

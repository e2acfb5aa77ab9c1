using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

public sealed class AcceptTests(AzuriteFixture azurite, MemoryFixture memory)
{
    [Fact]
    public async Task Post_ValidRequest_Answers202WithTheBroadcast()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync("""{"message": "Your table is ready €", "recipients": ["+15551230002", "+15551230001", "+15551230002"]}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var accepted = (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!;
        Assert.Equal($"/api/v1/broadcasts/{accepted.BroadcastId}", accepted.StatusUrl);
        Assert.Equal(accepted.StatusUrl, response.Headers.Location!.ToString());
        Assert.Equal(("preparing", 2, 1), (accepted.Status, accepted.RecipientsCount, accepted.DuplicatesRemoved));
        Assert.Equal(("GSM-7", 1, 2L), (accepted.Segments.Encoding, accepted.Segments.PerMessage, accepted.Segments.Total));
    }

    [Fact]
    public async Task Post_Duplicates_EnqueuesOneMessagePerUniqueRecipientWithItsRow()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var numbers = TestApp.Numbers(250);

        var accepted = await app.BroadcastAsync("Hello", [.. numbers, .. numbers[..50]]);

        var jobs = await app.TakeAllAsync(QueueNames.Outbound);
        Assert.Equal(numbers, jobs.Select(job => job.To).Order(StringComparer.Ordinal));
        Assert.All(jobs, job => Assert.Equal((accepted.BroadcastId, "Hello", 1, 0), (job.BroadcastId, job.Text, job.Segments, job.Attempt)));
        foreach (var job in jobs.Take(10))
        {
            var row = await app.RowAsync(accepted.BroadcastId, job.To);
            Assert.Equal((RecipientStatus.Pending, job.RowETag, job.RecipientKey), (row.Status, row.ETag.ToString(), row.Key.Id));
        }
    }

    [Fact]
    public async Task Post_LargeList_IsKeptInABlobAndFannedOutByTheQueue()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Broadcasts:MaxRecipients"] = "5000", ["Broadcasts:InlineRecipientLimit"] = "100" };
        await using var app = await TestApp.StartAsync(memory.NewAccount(), settings, pumping: false);
        var numbers = TestApp.Numbers(1100);

        var accepted = await app.BroadcastAsync("Hello", numbers);

        Assert.Equal("preparing", (await app.GetAsync(accepted.BroadcastId)).Status);
        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
        var expand = (await app.Queue(QueueNames.Expand).ReceiveMessageAsync()).Value;
        await app.Service<Dispatch.FanOut>().RunAsync(BulkSms.Queues.FanOutJob.Parse(expand.Body).BroadcastId, default);

        // A send job may be doubled, when storage is slow to answer: the row is what counts.
        Assert.Equal(numbers, (await app.TakeAllAsync(QueueNames.Outbound)).Select(job => job.To).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(1100, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
    }

    [Fact]
    public async Task FanOut_RunAgainAndTwiceAtOnce_CreatesNoRowTwice()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var numbers = TestApp.Numbers(300);
        var accepted = await app.BroadcastAsync("Hello", numbers);
        var broadcast = (await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))! with { FannedOut = 0, FannedOutAt = null };
        var fanOut = app.Service<Dispatch.FanOut>();

        await Task.WhenAll(fanOut.RunAsync(broadcast, default), fanOut.RunAsync(broadcast, default));

        Assert.Equal(300, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
    }

    [Fact]
    public async Task Post_ManyAtOnce_KeepsThemApart()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());

        var accepted = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => app.BroadcastAsync($"Message {i}", TestApp.Numbers(5, i * 5))));
        await Task.WhenAll(accepted.Select(each => app.CompletedAsync(each.BroadcastId)));

        Assert.Equal(10, accepted.Select(each => each.BroadcastId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((50, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.All(app.Twilio.Messages.All, message => Assert.Equal($"Message {int.Parse(message.To[5..], System.Globalization.CultureInfo.InvariantCulture) / 5}", message.Body));
    }
}

using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Health;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

public sealed class LookUpTests(MemoryFixture memory)
{
    [Fact]
    public async Task Get_CompletedBroadcast_ShowsCountsProgressTimesAndErrors()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients["+15550000001"] = new RecipientBehaviour { RejectCode = 21614 };
        app.Twilio.Recipients["+15550000002"] = new RecipientBehaviour { FinalStatus = "undelivered", ErrorCode = 30005 };

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(10));
        var view = await app.GetAsync(accepted.BroadcastId, view => view is { Status: "completed", Progress.Poisoned: 1 });

        Assert.Equal(8, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal((1, 1), (view.Counts[RecipientStatus.Rejected], view.Counts[RecipientStatus.Undelivered]));
        Assert.True(view.Progress.MessagesPerSecond > 0, "nothing was sent lately");
        Assert.Null(view.Progress.EstimatedCompletionAt);
        Assert.Equal((10, 10, 100, 1), (view.Progress.Final, view.Progress.Total, view.Progress.Percent, view.Progress.Poisoned));
        Assert.Equal([(21614, "not a mobile number"), (30005, "the handset is unknown")], view.Errors.Select(error => (error.Code, error.Meaning)).Order());
        Assert.True(view.CreatedAt <= view.FirstSentAt && view.FirstSentAt <= view.LastSentAt);
        Assert.Equal("Hello", view.Message);
    }

    [Fact]
    public async Task List_ManyBroadcasts_PagesNewestFirst()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        for (var i = 0; i < 7; i++)
        {
            await app.BroadcastAsync($"Message {i}", "+15551230001");
        }

        var messages = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await app.Http.GetFromJsonAsync($"/api/v1/broadcasts?limit=3&cursor={cursor}", ApiJson.Default.BroadcastPage))!;
            Assert.InRange(page.Broadcasts.Count, 1, 3);
            messages.AddRange(page.Broadcasts.Select(broadcast => broadcast.Message));
            cursor = page.Next;
        }
        while (cursor is not null);

        // Ids made within one millisecond are in no order: compare what the list promises, all of them once.
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"Message {i}"), messages.Order(StringComparer.Ordinal));
        Assert.Equal("Message 6", messages[0]);
        Assert.All(await app.Service<BroadcastStore>().ListAsync(null, null, 10, default).ToListAsync(), broadcast => Assert.Null(broadcast.Recipients)); // they are not read
        Assert.All(
            (await app.GetJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!.Broadcasts,
            broadcast => Assert.Equal((1, 0, 0, "GSM-7", 1L), (broadcast.RecipientsCount, broadcast.DuplicatesRemoved, broadcast.OptedOut, broadcast.Segments.Encoding, broadcast.Segments.Total)));
    }

    [Fact]
    public async Task Recipients_SeveralShards_PagesThroughEveryOneOnce()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Broadcasts:MaxRecipients"] = "3000", ["Broadcasts:InlineRecipientLimit"] = "3000" };
        await using var app = await TestApp.StartAsync(memory.NewAccount(), settings, pumping: false);
        var numbers = TestApp.Numbers(2100);
        var accepted = await app.BroadcastAsync("Hello", numbers);

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await app.Http.GetFromJsonAsync(
                $"/api/v1/broadcasts/{accepted.BroadcastId}/recipients?limit=250&cursor={cursor}", ApiJson.Default.RecipientPage))!;
            found.AddRange(page.Recipients.Select(recipient => recipient.To));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(numbers, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Recipients_ByStatus_ShowsOnlyThoseAndWhatBecameOfThem()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients["+15550000003"] = new RecipientBehaviour { RejectCode = 21614 };
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(5));
        await app.CompletedAsync(accepted.BroadcastId);

        var rejected = Assert.Single(await app.RecipientsAsync(accepted.BroadcastId, "status=rejected"));
        var delivered = await app.RecipientsAsync(accepted.BroadcastId, "status=delivered");

        Assert.Equal(5, (await app.RecipientsAsync(accepted.BroadcastId, "status=rejected,delivered")).Count);
        Assert.Equal(5, (await app.RecipientsAsync(accepted.BroadcastId, "status=final")).Count);
        Assert.Equal("+15550000003", Assert.Single(await app.RecipientsAsync(accepted.BroadcastId, "status=notDelivered")).To);
        Assert.Empty(await app.RecipientsAsync(accepted.BroadcastId, "status=waiting"));
        Assert.All(delivered, recipient => Assert.Equal(("delivered", null), (recipient.ProviderStatus, recipient.HeldFor)));
        Assert.Equal(("+15550000003", 21614, "not a mobile number", 1), (rejected.To, rejected.Code, rejected.Reason, rejected.Attempts));
        Assert.Equal(4, delivered.Count);
        Assert.All(delivered, recipient => Assert.Equal(app.Twilio.Messages.For(recipient.To).Single().Sid, recipient.Sid));
    }

    [Theory]
    [InlineData("/api/v1/broadcasts/nonsense", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/broadcasts/0123456789abcdef0123456789ab", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/broadcasts/0123456789abcdef0123456789ab/recipients", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/broadcasts/%27%20or%20PartitionKey%20ne%20%27/recipients", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/broadcasts?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/broadcasts?limit=1001", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/broadcasts?cursor=%27", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/broadcasts/0123456789abcdef0123456789ab/recipients?status=sent", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/broadcasts/0123456789abcdef0123456789ab/recipients?cursor=!", HttpStatusCode.BadRequest)]
    public async Task Get_WhatIsNotThereOrNotValid_SaysSo(string path, HttpStatusCode status)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.Http.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Health_Running_IsLiveAndReady()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());

        var live = await app.Http.GetFromJsonAsync("/api/health", ApiJson.Default.HealthView);
        var ready = await app.Http.GetFromJsonAsync("/api/health/ready", ApiJson.Default.HealthView);

        Assert.Equal(("live", BuildVersion.Current, BuildVersion.Current), (live!.Status, live.Version, ready!.Version));
        Assert.Matches(@"^\d+\.\d+\.\d+$", live.Version);
        Assert.Equal("ready", ready.Status);
        Assert.Equal(["tables", "queues", "blobs", "secrets", "sending"], ready.Checks!.Select(check => check.Part));
    }
}

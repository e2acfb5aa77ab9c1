using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What is shown of broadcasts without reading a recipient.</summary>
public sealed class StoredTotalsTests
{
    private const string Ada = "+12015550101";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Finished_OfThousands_IsShownWithoutReadingARecipient()
    {
        const int Many = 3000;
        await using var app = await VirtualApp.StartAsync([new("Broadcasts:MaxRecipients", "3000"), new("Broadcasts:InlineRecipientLimit", "3000")]);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(Many) });
        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null);
        var before = await app.Storage.CallsOfAsync(() => app.GetAsync(id));
        await SweepAsync(app);

        BroadcastView? view = null;
        var calls = await app.Storage.CallsOfAsync(async () => view = await app.GetAsync(id));

        Assert.True(before.Count(call => call.IsTo(TableNames.Recipients)) >= Many / 1000, "counting reads a thousand rows at a time");
        Assert.Equal(("canceled", Many, Many), (view!.Status, view.Counts[RecipientStatus.Canceled], view.Progress.Final));
        Assert.All(calls, call => Assert.True(call.IsTo(TableNames.Broadcasts), call.Address));
        Assert.Equal(2, calls.Count); // its row, and what is paused
    }

    [Fact]
    public async Task Finished_WithItsRecipientsInItsRow_IsShownWithoutReadingThem()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        await FinishAsync(app, id);

        var calls = await app.Storage.CallsOfAsync(() => app.GetAsync(id));

        var read = Assert.Single(calls, call => call.Address.Contains($"b-{id}", StringComparison.Ordinal));
        Assert.Contains("message", read.Columns);
        Assert.DoesNotContain("recipients", read.Columns);
    }

    [Fact]
    public async Task Finished_IsShownAsItWasCounted()
    {
        await using var app = await VirtualApp.StartAsync([new("Prices:DE", "0.1")]);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada, "+4915112345678", "+12015550102", "+12015550103" } });
        await app.RunAsync(Minute, Step, () => Task.FromResult(app.Twilio.Messages.Count == 4));
        await LateCallbackTests.CallBackAsync(app, id, Ada, "delivered");
        await LateCallbackTests.CallBackAsync(app, id, "+4915112345678", "delivered");
        await LateCallbackTests.CallBackAsync(app, id, "+12015550102", "undelivered", 30005);
        await LateCallbackTests.CallBackAsync(app, id, "+12015550103", "failed", 30003);
        app.Clock.Advance(BroadcastProgress.Lately * 2);
        var counted = await app.GetAsync(id);
        await SweepAsync(app);

        var stored = await app.GetAsync(id);

        Assert.NotNull((await app.Service<BroadcastStore>().FindAsync(id, default))!.Totals);
        Assert.Equivalent(counted, stored, strict: true);
        Assert.Equal((2, 2, 0.0079m * 2 + 0.1m), (stored.Counts[RecipientStatus.Delivered], stored.Errors.Count, stored.CostSoFar.Total));
        Assert.NotNull(stored.FirstSentAt);
    }

    [Fact]
    public async Task Finished_WithoutRecipients_HasTotalsToo()
    {
        await using var app = await VirtualApp.StartAsync();
        using var stopped = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = new[] { Ada } });
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        await SweepAsync(app);

        BroadcastView? view = null;
        var calls = await app.Storage.CallsOfAsync(async () => view = await app.GetAsync(id));

        Assert.Equal(("completed", 0, 100), (view!.Status, view.Counts.Count, view.Progress.Percent));
        Assert.DoesNotContain(calls, call => call.IsTo(TableNames.Recipients));
        Assert.Empty((await ListAsync(app)).Single().Counts!);
    }

    [Fact]
    public async Task List_OfEachStatus_IsShownWithoutReadingARecipient()
    {
        await using var app = await VirtualApp.StartAsync();
        var finished = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        await FinishAsync(app, finished);
        app.Clock.Advance(TimeSpan.FromSeconds(1)); // ids sort by time
        var finishing = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        await app.RunAsync(Minute, Step, () => Task.FromResult(app.Twilio.Messages.Count == 2));
        var canceled = await BroadcastAsync("cancel");
        await SweepAsync(app);
        var canceling = await BroadcastAsync("cancel");
        var paused = await BroadcastAsync("pause");
        var sending = await BroadcastAsync(null);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var scheduled = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada }, sendAt = app.Clock.GetUtcNow().AddHours(1) });

        IReadOnlyList<BroadcastSummaryView> list = [];
        var calls = await app.Storage.CallsOfAsync(async () => list = await ListAsync(app));

        Assert.Equal(
            [(scheduled, "scheduled"), (sending, "sending"), (paused, "paused"), (canceling, "canceling"), (canceled, "canceled"), (finishing, "finishing"), (finished, "completed")],
            list.Select(each => (each.BroadcastId, each.Status)));
        Assert.Equal([canceled, finished], list.Where(each => each.Counts is not null).Select(each => each.BroadcastId));
        Assert.Equal(1, list[^1].Counts![RecipientStatus.Delivered]);
        Assert.Equal([canceled, finished], list.Where(each => each.CostSoFar is not null).Select(each => each.BroadcastId));
        Assert.Equivalent((await app.GetAsync(finished)).CostSoFar, list[^1].CostSoFar);
        Assert.All(calls, call => Assert.True(call.IsTo(TableNames.Broadcasts), call.Address));
        Assert.DoesNotContain("recipients", Assert.Single(calls, call => call.Address.Contains("b-", StringComparison.Ordinal)).Columns);
        Assert.Equal(3, calls.Count); // its rows, what is paused, and prices, which are kept for some minutes
        foreach (var each in list)
        {
            Assert.Equal(each.Status, (await app.GetAsync(each.BroadcastId)).Status); // counted
        }

        async Task<string> BroadcastAsync(string? action)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
            using var done = action is null ? null : await app.Http.PostAsync($"/api/v1/broadcasts/{id}/{action}", null);
            return id;
        }
    }

    [Fact]
    public async Task FindWithoutRecipients_HasAllElse()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");
        var now = app.Clock.GetUtcNow();
        var id = await app.BroadcastAsync(new
        {
            message = "Hello {{name}}",
            recipients = new[] { new { to = Ada, data = new { name = "Ada" } } },
            sendAt = now.AddMinutes(1),
            sendOver = "PT2M",
            priority = "high",
            mediaUrls = new[] { "https://example.com/ada.png" },
            shortenUrls = true,
            skipKnownBad = true,
            expiresAt = now.AddDays(2),
            quietHours = new { from = "21:00", to = "08:00", timeZone = "Europe/Berlin" },
        });
        var store = app.Service<BroadcastStore>();
        await store.MarkRequeuedAsync(id, now, default);
        Assert.True(await store.TryMarkCanceledAsync(id, default));
        await app.Service<ClosedBroadcasts>().ReopenAsync(id, default);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(app);
        var whole = (await store.FindAsync(id, default))!;

        var found = (await store.FindWithoutRecipientsAsync(id, default))!;

        Assert.Null(found.Recipients);
        Assert.Equal(Ada, Assert.Single(whole.Recipients!).To);
        Assert.Empty(Unset(whole).Except(["Invalid", "RecipientsBlob", "Skipped", "SkippedBlob", "TraceParent", "ErasedAt", "ListChangedAt", "Approval", "Canary", "CanaryResult", "ContentSid"])); // all that there can be is there
        Assert.Equivalent(whole with { Recipients = null, ETag = found.ETag }, found, strict: true);
    }

    private static IEnumerable<string> Unset(Broadcast broadcast) =>
        typeof(Broadcast).GetProperties().Where(property => property.GetValue(broadcast) is null).Select(property => property.Name);

    internal static async Task<IReadOnlyList<BroadcastSummaryView>> ListAsync(VirtualApp app) =>
        (await app.Http.GetFromJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!.Broadcasts;

    private static async Task FinishAsync(VirtualApp app, string id)
    {
        await app.RunAsync(Minute, Step, async () => (await app.RowAsync(id, Ada)).Sid is not null);
        await LateCallbackTests.CallBackAsync(app, id, Ada, "delivered");
        await SweepAsync(app);
        Assert.NotNull((await app.Service<BroadcastStore>().FindAsync(id, default))!.CompletedAt);
    }

    private static Task SweepAsync(VirtualApp app) => app.Service<Sweeper>().RunAsync(default);
}

using System.Net.Http.Json;
using Azure.Storage.Queues;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Dispatch;
using BulkSms.Estimates;
using BulkSms.Outbox;
using BulkSms.Queues;
using BulkSms.Sending;
using BulkSms.SendingControl;
using BulkSms.StatusCallbacks;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;

namespace BulkSms.Tests.Upgrades;

/// <summary>An app that has stored something of every shape: what a running app is like when its code is replaced.</summary>
internal static class StoredScene
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>Settings of the app, and of the one that reads what it has stored.</summary>
    public static KeyValuePair<string, string?>[] Settings { get; } = [.. PersonScene.Settings, .. EventSettings.Usual, new("Broadcasts:InlineRecipientLimit", "5"), new("Prices:AR", "0.1"), new("Limits:MonthlyBudget", "1000")];

    /// <summary>Plays it.</summary>
    /// <param name="issuer">Whose tokens the app takes: without callers there are no approvals.</param>
    /// <param name="receiver">A system that is told of events.</param>
    public static async Task<VirtualApp> PlayAsync(TokenIssuer issuer, EventReceiver receiver)
    {
        await using var before = await VirtualApp.StartAsync([.. PersonScene.Settings]); // without limits of money, which an unknown price does not keep
        await SendExtrasAsync(before);
        var app = await VirtualApp.StartAsync([.. Settings, .. Approvals.Settings(issuer), new("Approval:RequiredAboveRecipients", "6")], before);
        Approvals.SignIn(app.Http, issuer);
        await EventSettings.AddEndpointAsync(app.Http, receiver, [.. EventTypes.All]);
        await SucceedAsync(EventSettings.PutAsync(app.Http, "erp", "http://127.0.0.1:9/hooks", EventTypes.RecipientFinished)); // nothing listens there
        await SendAsync(app);
        await app.DeliverEventsAsync();
        await DecideAsync(app, issuer);
        await StopAsync(app);
        await app.Service<ImportedPrices>().PutAsync([new("SE", 0.05m, 0.045m, app.Clock.GetUtcNow())], default);
        await LeaveAsync(app);
        return app;
    }

    private static async Task SendExtrasAsync(VirtualApp app)
    {
        var links = await app.BroadcastAsync(new { message = "See https://example.com/a", shortenUrls = true, recipients = new[] { "+12015550181" } });
        var media = await app.BroadcastAsync(new { mediaUrls = new[] { "https://example.com/map.png" }, recipients = new[] { "+12015550182" } });
        var content = await app.BroadcastAsync(new { contentSid = $"HX{new string('1', 32)}", contentVariables = new Dictionary<string, string> { ["1"] = "{{name}}" }, recipients = new[] { new { to = "+12015550183", data = new { name = "Ada" } } } });
        foreach (var id in new[] { links, media, content })
        {
            await app.RunAsync(TimeSpan.FromHours(3), Step, async () => (await app.GetAsync(id)).Status == "completed");
        }

        var row = await app.RowAsync(links, "+12015550181");
        Assert.True(await app.Service<ApplyClick>().ApplyAsync(new(row.Sid!, row.To, row.Account!, "000000000001"), default));
    }

    // What has come to its end: sent, polled, in doubt and proved; persons exported and erased.
    private static async Task SendAsync(VirtualApp app)
    {
        var calls = 0;
        app.Twilio.Next = _ => Interlocked.Increment(ref calls) switch { 1 => VirtualTwilio.Behaviour.TakeThenDrop, 2 => VirtualTwilio.Behaviour.Drop, _ => VirtualTwilio.Behaviour.Accept };
        var sent = await PersonScene.PersonalAsync(app, "+12015550104", "+12015550105");
        var file = await PersonScene.FileAsync(app);
        await app.RunAsync(TimeSpan.FromHours(3), Step, async () => (await app.GetAsync(sent)).Status == "completed" && (await app.GetAsync(file)).Status == "completed");
        await PersonScene.KnowAsync(app, sent);
        await PersonScene.EndedAsync(app, await PersonScene.StartAsync(app, "export", new { phone = PersonScene.Bob }));
        await PersonScene.EndedAsync(app, await PersonScene.StartAsync(app, "erase", new { phone = PersonScene.Eve, keepOptOut = true }));
        await PersonScene.EndedAsync(app, await PersonScene.StartAsync(app, "erase", new { phone = "+12015550104", keepOptOut = false })); // was sent to
        using var optOut = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = new[] { "+12015550106", "+12015550107" } });
        optOut.EnsureSuccessStatusCode();
        var tried = await app.BroadcastAsync(new { message = "Tried first", recipients = new[] { "+12015550171", "+12015550172" }, canary = new { share = 0.5, @for = "PT1M" } });
        await app.RunAsync(TimeSpan.FromHours(3), Step, async () => (await app.GetAsync(tried)).Status == "completed");
    }

    private static async Task DecideAsync(VirtualApp app, TokenIssuer issuer)
    {
        var (approved, rejected) = (await ManyAsync(app, "Approved", 120), await ManyAsync(app, "Rejected", 130));
        await SucceedAsync(Approvals.DecideAsync(app.Http, issuer, approved, "approve", "as agreed"));
        await SucceedAsync(Approvals.DecideAsync(app.Http, issuer, rejected, "reject", "not today"));
    }

    // Paused, canceled, suspended, reconciled after a restore; what tells of it waits.
    private static async Task StopAsync(VirtualApp app)
    {
        app.Breaks = call => call.Path.StartsWith(TableNames.EventDeliveries, StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        var (paused, canceled) = (await OneAsync(app, "Paused", "+12015550111"), await OneAsync(app, "Canceled", "+12015550112"));
        await SucceedAsync(app.Http.PostAsJsonAsync($"/api/v1/broadcasts/{paused}/pause", new { reason = "the wrong day" }));
        await SucceedAsync(app.Http.PostAsync($"/api/v1/broadcasts/{canceled}/cancel", null));
        await SucceedAsync(app.Http.PostAsync("/api/v1/sending/suspend", null));
        await SucceedAsync(app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={app.Clock.GetUtcNow().AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}", null));
        await app.Service<ReconcileAfterRestore>().RunAsync(default);
        await app.Service<ControlTable>().ReportCircuitAsync(new("one", app.Clock.GetUtcNow(), app.Clock.GetUtcNow().AddMinutes(1), "the provider could not be reached"), default);
        await app.Service<ControlTable>().StopCountryAsync(new(paused, "AR", 21408), default);
    }

    // What is under way: claimed, refused, to be tried again, in doubt, and in each queue a message.
    private static async Task LeaveAsync(VirtualApp app)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        var underWay = await app.BroadcastAsync(new { message = "Under way {{name}}", recipients = Enumerable.Range(1, 5).Select(i => new { to = $"+1201555015{i}", data = new { name = $"N{i}" } }) });
        SendOutcome?[] outcomes = [null, new SendOutcome.Rejected(21211, "not a valid number"), new SendOutcome.Retry(20429, "too many requests", RetryCause.Congestion), new SendOutcome.Unconfirmed(0, "no answer"), new SendOutcome.Accepted($"SM{new string('7', 32)}", "accepted")];
        foreach (var (job, outcome) in (await app.ReceiveAndDieAsync()).Where(job => job.Text.StartsWith("Under way", StringComparison.Ordinal)).OrderBy(job => job.To, StringComparer.Ordinal).Zip(outcomes))
        {
            var claim = await app.Service<ClaimLedger>().ClaimAsync(job, job.Account!, job.Service!, default);
            await (outcome is null ? Task.CompletedTask : app.Service<SendResultHandler>().HandleAsync(job, claim.Held!, outcome));
        }

        await ManyAsync(app, "Awaiting", 140);
        await app.BroadcastAsync(new { message = "Later", recipients = new[] { "+12015550161" }, sendAt = app.Clock.GetUtcNow().AddMinutes(30), sendOver = "PT2H" });
        using var keyed = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts") { Content = JsonContent.Create(new { message = "Now", recipients = new[] { "+12015550162", "+12015550163" } }), Headers = { { "Idempotency-Key", "key-1" } } };
        await SucceedAsync(app.Http.SendAsync(keyed));
        await SucceedAsync(app.Http.PostAsJsonAsync("/api/v1/sending/suspend", new { reason = "an upgrade" }));
        await app.BroadcastAsync(new { message = "First of all", recipients = new[] { "+12015550165" }, priority = "high" });
        await CopyAsync(app, QueueNames.OutboundHigh, QueueNames.OutboundHighPoison); // as the Functions host does
        await CopyAsync(app, QueueNames.Expand, QueueNames.ExpandPoison);
        await CopyAsync(app, QueueNames.Events, QueueNames.EventsPoison);
        var now = app.Clock.GetUtcNow();
        await app.Service<KeptCounts>().SaveAsync(
            underWay,
            new(now, TimeSpan.FromSeconds(2), new(new Dictionary<string, int> { ["pending"] = 3, ["rejected"] = 1, ["submitted"] = 1 }, new Dictionary<int, int> { [21211] = 1 }, 1, now, now, 1, new() { { "US", 1, 1 } })
            {
                HeldFor = new Dictionary<string, int> { ["optOutReview"] = 1 },
            }),
            default);
        app.Clock.Advance(TimeSpan.FromMinutes(5)); // what is to be tried again is due, whatever chance has made of its time
        app.Breaks = _ => StorageFaultKind.None;
    }

    private static async Task CopyAsync(VirtualApp app, string from, string to)
    {
        var service = app.Service<QueueServiceClient>();
        await service.GetQueueClient(to).SendMessageAsync((await service.GetQueueClient(from).PeekMessageAsync()).Value.Body);
    }

    private static Task<string> OneAsync(VirtualApp app, string message, string to) => app.BroadcastAsync(new { message, recipients = new[] { to } });

    private static Task<string> ManyAsync(VirtualApp app, string message, int from) => app.BroadcastAsync(new { message, recipients = Approvals.Numbers(7, from) });

    private static async Task SucceedAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.RequestUri}: {await answer.Content.ReadAsStringAsync()}");
    }
}

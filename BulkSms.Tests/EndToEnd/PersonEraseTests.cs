using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.Outbox;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Retention.People;
using BulkSms.StatusCallbacks;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using static BulkSms.Tests.Infrastructure.PersonScene;

namespace BulkSms.Tests.EndToEnd;

/// <summary>One person is erased: nothing tells of them any more, and what was sent to how many stays.</summary>
public sealed class PersonEraseTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erase_OfWhomEveryStoreKnows_LeavesNothingButTheTotals(bool keepOptOut)
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        string[] ids = [await PersonalAsync(app, Eve), await PersonalAsync(app), await FileAsync(app), await app.BroadcastAsync(new { message = "Dear Ms Lovelace", recipients = new[] { Ada } })];
        foreach (var id in ids)
        {
            await app.CompletedAsync(id);
        }

        await KnowAsync(app, ids[0]);
        await EndedAsync(app, await StartAsync(app, "export", new { phone = Ada })); // its result is Ada's data once more
        var before = await Task.WhenAll(ids.Select(app.GetAsync));
        Assert.NotEmpty(await FindCopyAsync(app));

        var job = await EraseAsync(app, keepOptOut);

        var after = await Task.WhenAll(ids.Select(app.GetAsync));
        Assert.Equal(before.Select(Totals), after.Select(Totals));
        Assert.Equal(["Hello {{name}}", "Hello {{name}}", "Hello {{name}}", ""], after.Select(view => view.Message)); // of the last one she was the only reader
        Assert.Equal((4, "+5491•••5678"), ((int)job["messages"]!, (string)job["phone"]!));
        foreach (var id in ids)
        {
            Assert.Equal(1, await ErasedRowsAsync(app, id));
        }

        var csv = await app.Http.GetStringAsync($"/api/v1/broadcasts/{ids[0]}/results.csv");
        Assert.Contains("\n,,,,delivered,delivered,", csv.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(Bob, csv, StringComparison.Ordinal);
        var skipped = await app.Http.GetFromJsonAsync($"/api/v1/broadcasts/{ids[2]}/skipped", ApiJson.Default.SkippedPage);
        Assert.Equal(["12"], skipped!.Skipped.Select(each => each.Written));
        using var lookUp = await LookUpAsync(app, FormerAda);
        Assert.Equal(keepOptOut ? HttpStatusCode.OK : HttpStatusCode.NotFound, lookUp.StatusCode);
        Assert.Empty(await StoredText.FindAsync(app, OfAda));
        Assert.NotEmpty(await StoredText.FindAsync(app, Bob, Eve));
    }

    [Fact]
    public async Task Erase_OfWhomDeliveriesTell_TakesThemOutAndLeavesTheOthers()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        var table = app.Service<DeliveryTable>();
        EventDelivery Delivery(string type, int events, string body, bool isBatch, string status = DeliveryStatus.Pending) => new()
        {
            Endpoint = "crm", Key = EventDelivery.KeyOf("crm", app.Clock.GetUtcNow(), [body]), Status = status, Type = type, Events = events, CreatedAt = app.Clock.GetUtcNow(),
            GiveUpAt = app.Clock.GetUtcNow().AddDays(3), NextAttemptAt = app.Clock.GetUtcNow().AddDays(3), IsBatch = isBatch, Packed = EventDelivery.Pack(System.Text.Encoding.UTF8.GetBytes(body)),
        };
        await table.AddAsync(Delivery("recipient.finished", 2, $$$"""[{"data":{"to":"{{{Bob}}}"}},{"data":{"to":"{{{FormerAda}}}","reference":"A-4711"}}]""", true), default);
        await table.AddAsync(Delivery("optout.changed", 1, $$$"""{"data":{"phones":["{{{Ada}}}","{{{Eve}}}"]}}""", false, DeliveryStatus.Failed), default);
        await table.AddAsync(Delivery("message.received", 1, $$$"""{"data":{"from":"{{{Ada}}}","text":"I am Lovelace"}}""", false, DeliveryStatus.Delivered), default);

        await EraseAsync(app);

        var left = await table.AllAsync(default).Select(each => (each.Status, each.Events, Body: System.Text.Encoding.UTF8.GetString(each.Body()))).ToListAsync();
        Assert.Equal(
            [(DeliveryStatus.Failed, 1, $$$"""{"data":{"phones":["{{{Eve}}}"]}}"""), (DeliveryStatus.Pending, 1, $$$"""[{"data":{"to":"{{{Bob}}}"}}]""")],
            left.OrderBy(each => each.Status, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Erase_CountedAgain_ComesToTheSameTotalsAndCosts()
    {
        await using var app = await VirtualApp.StartAsync([.. Settings, new("Prices:AR", "0.05"), new("Prices:US", "0.01")]);
        var id = await PersonalAsync(app, Eve);
        await app.CompletedAsync(id);
        var before = await app.GetAsync(id);
        await EraseAsync(app);

        Assert.True(await app.Service<ClosedBroadcasts>().ReopenAsync(id, default)); // as a late callback does
        await app.RunAsync(TimeSpan.FromMinutes(5), Step, async () => (await app.GetAsync(id)).Status == "completed" && (await app.Service<BroadcastStore>().FindAsync(id, default))!.Totals is not null);

        var after = await app.GetAsync(id);
        Assert.Equal(Totals(before), Totals(after));
        Assert.Equal(before.CostSoFar.Known, after.CostSoFar.Known);
        Assert.Equal((3, 3), (after.RecipientsCount, await app.Service<RecipientTable>().Rows(new(id, 0), null, null, default).CountAsync()));
    }

    [Fact]
    public async Task Erase_WhileAMessageWaitsForTomorrow_CancelsItAndLeavesNothingInTheQueue()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        var id = await app.BroadcastAsync(new { message = "Hello Lovelace and Bob", sendAt = app.Clock.GetUtcNow().AddDays(1), recipients = new[] { FormerAda, Bob } });

        var job = await EraseAsync(app);
        Assert.Equal(1, (await app.GetAsync(id)).Counts[RecipientStatus.Canceled]);
        await app.CompletedAsync(id);

        Assert.Equal([Bob], app.Twilio.Messages.Select(message => message.To));
        Assert.Equal((1, 1), ((await app.GetAsync(id)).Counts[RecipientStatus.Canceled], (await app.GetAsync(id)).Counts[RecipientStatus.Delivered]));
        Assert.Equal(1, (int)job["messages"]!);
        Assert.Empty(await StoredText.FindAsync(app, OfAda[..2]));
    }

    [Fact]
    public async Task SendJob_ThatWaitsLong_HoldsNeitherNumberNorTextAndIsSent()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        var id = await app.BroadcastAsync(new { message = "Hello", sendAt = app.Clock.GetUtcNow().AddDays(10), recipients = new[] { Ada, Bob } });

        var jobs = await StoredJobsAsync(app);
        await app.RunAsync(TimeSpan.FromDays(4), TimeSpan.FromHours(1), async () => (await app.GetAsync(id)).Status == "completed");

        Assert.Equal(2, jobs.Count);
        Assert.All(jobs, job => Assert.True(job.IsReference));
        Assert.Equal([Ada, Bob], app.Twilio.Messages.Select(message => message.To).Order(StringComparer.Ordinal).Reverse());
        Assert.All(app.Twilio.Messages, message => Assert.Equal("Hello", message.Body));
    }

    [Theory]
    [InlineData(VirtualTwilio.Behaviour.TakeThenDrop, 1)]
    [InlineData(VirtualTwilio.Behaviour.Drop, 0)]
    public async Task Erase_WhileACallIsInDoubt_WaitsUntilItIsReconciled(VirtualTwilio.Behaviour behaviour, int messages)
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        app.Twilio.Next = _ => behaviour;
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        await app.RunAsync(TimeSpan.FromMinutes(1), Step, async () => (await app.RowAsync(id, Ada)).Status == RecipientStatus.Unconfirmed);
        app.Twilio.Next = _ => VirtualTwilio.Behaviour.Accept;

        var job = await StartAsync(app, "erase", new { phone = Ada });
        await app.Service<RunPersonJobs>().RunAsync(default);
        app.Clock.Advance(TimeSpan.FromSeconds(61)); // the fan-out has had its time
        await app.Service<RunPersonJobs>().RunAsync(default);
        Assert.Equal(("running", ErasePersonFromBroadcast.ForTwilio), ((string)(await JobAsync(app, job))["status"]!, (string)(await JobAsync(app, job))["waitingFor"]!));
        Assert.Equal(RecipientStatus.Unconfirmed, (await app.RowAsync(id, Ada)).Status);
        await EndedAsync(app, job);
        await app.RunAsync(TimeSpan.FromMinutes(30), Step);

        Assert.Equal(messages, app.Twilio.Messages.Count);
        Assert.Equal(1, await ErasedRowsAsync(app, id));
        Assert.Equal(messages == 0 ? RecipientStatus.OptedOut : RecipientStatus.Submitted, Assert.Single((await app.GetAsync(id)).Counts, count => count.Value > 0).Key);
        Assert.Empty(await StoredText.FindAsync(app, OfAda));
    }

    [Fact]
    public async Task Erase_OfASubmittedMessage_ItsLateCallbackFindsNoRow()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        app.Twilio.Status = "sent";
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada, Bob } });
        await app.RunAsync(TimeSpan.FromMinutes(1), Step, async () => (await app.RowAsync(id, Ada)).Sid is not null);
        var row = await app.RowAsync(id, Ada);
        await EraseAsync(app);

        await app.Service<ApplyStatusCallback>().ApplyAsync(row.Key, new(row.Sid!, "delivered", null));

        Assert.Null(await app.Service<RecipientTable>().ReadAsync(row.Key, default));
        Assert.Equal(2, (await app.GetAsync(id)).Counts[RecipientStatus.Submitted]);
        app.Twilio.Status = "delivered";
        await app.CompletedAsync(id);
        Assert.Equal((1, 1), ((await app.GetAsync(id)).Counts[RecipientStatus.Delivered], (await app.GetAsync(id)).Counts[RecipientStatus.Unknown]));
    }

    [Fact]
    public async Task PoisonMessage_ThatComesAfterTheErasure_IsNotKept()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        var id = await PersonalAsync(app);
        await app.RunAsync(TimeSpan.FromMinutes(1), Step, async () => (await app.RowAsync(id, FormerAda)).Sid is not null);
        var broadcast = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        var late = SendJob.For(broadcast, await app.RowAsync(id, FormerAda));
        await EraseAsync(app);

        await app.Service<FilePoison>().SmsAsync(new("m", late.Write(), app.Clock.GetUtcNow()), default);

        Assert.Empty(await StoredText.FindAsync(app, OfAda));
    }

    [Fact]
    public async Task Erase_AskedForTwice_IsOneJobAndMayBeRepeated()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        var id = await PersonalAsync(app);
        await app.CompletedAsync(id);

        var job = await StartAsync(app, "erase", new { phone = Ada });
        Assert.Equal(job, await StartAsync(app, "erase", new { phone = FormerAda }));
        using var other = await app.Http.PostAsJsonAsync("/api/v1/people/erase", new { phone = Ada, keepOptOut = false });
        await EndedAsync(app, job);
        var again = await EraseAsync(app);

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal((0, 1), ((int)again["messages"]!, await ErasedRowsAsync(app, id)));
        Assert.Equal((null, null), (await app.Service<PersonJobs>().FindAsync(job, default)) is var ended ? (ended!.Phone, ended.Secret) : default);
    }

    [Fact]
    public async Task Erase_WithoutAKey_IsRefusedUnlessNothingIsKept()
    {
        await using var app = await VirtualApp.StartAsync();

        using var refused = await app.Http.PostAsJsonAsync("/api/v1/people/erase", new { phone = Ada });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("OptOuts:HashKeys", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await EraseAsync(app, keepOptOut: false);
    }

    private static async Task<HttpResponseMessage> LookUpAsync(VirtualApp app, string phone) => await app.Http.PostAsJsonAsync("/api/v1/optouts/lookup", new { phone });

    private static (string, int, int, string) Totals(BulkSms.Api.BroadcastView view) => (
        view.Status, view.RecipientsCount, view.DuplicatesRemoved, string.Join(",", view.Counts.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}")));

    private static async Task<int> ErasedRowsAsync(VirtualApp app, string id) => await app.Service<RecipientTable>().Rows(new(id, 0), null, null, default).CountAsync(row => row.To.Length == 0);

    // Where Ada is found while she is known, without moving the clock.
    private static async Task<string> FindCopyAsync(VirtualApp app) => await app.Http.GetStringAsync("/api/v1/optouts/export");

    private static async Task<IReadOnlyList<SendJob>> StoredJobsAsync(VirtualApp app)
    {
        var queue = app.Service<Azure.Storage.Queues.QueueServiceClient>().GetQueueClient(QueueNames.Outbound);
        app.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        var messages = (await queue.ReceiveMessagesAsync(32, TimeSpan.FromSeconds(1))).Value;
        return [.. messages.Select(message => SendJob.Parse(message.Body))];
    }
}

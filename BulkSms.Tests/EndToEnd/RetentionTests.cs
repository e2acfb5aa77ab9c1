using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Retention;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Personal data goes when it is asked for or when it is old; what was sent to how many stays.</summary>
public sealed class RetentionTests(MemoryFixture storage)
{
    private const string Refused = "+15550000001";
    private const string Code = "KWZ-4711"; // which no id, hash or time contains by chance
    private const string Secret = $"Hello, your code is {Code}";

    [Fact]
    public async Task Delete_CompletedBroadcast_ErasesWhatIsPersonalAndKeepsTheTotals()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), [new("Broadcasts:RowRecipientLimit", "1")]); // the list is in a blob
        var id = await CompletedAsync(app);
        var before = await app.GetAsync(id);

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(app, id));
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(app, id)); // repeating it is harmless

        var view = await app.GetAsync(id);
        Assert.Equal(("completed", "", 10), (view.Status, view.Message, view.RecipientsCount));
        Assert.Equal((9, 1), (view.Counts[RecipientStatus.Delivered], view.Counts[RecipientStatus.Rejected]));
        Assert.NotNull(view.ErasedAt);
        Assert.Equal(21614, Assert.Single(view.Errors).Code);
        Assert.Equal((before.CostSoFar.Known, before.FirstSentAt, before.LastSentAt), (view.CostSoFar.Known, view.FirstSentAt, view.LastSentAt));
        Assert.Empty(await app.RecipientsAsync(id));
        Assert.Empty(await app.PoisonAsync());
        await NothingPersonalIsLeftAsync(app);
    }

    [Fact]
    public async Task Delete_OfWhatIsNotCompleted_Is409AndErasesNothing()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync(Secret, "+15551230001");

        Assert.Equal(HttpStatusCode.Conflict, await DeleteAsync(app, accepted.BroadcastId));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(app, new string('0', 28)));

        Assert.Equal(Secret, (await app.GetAsync(accepted.BroadcastId)).Message);
        Assert.Single(await app.RecipientsAsync(accepted.BroadcastId));
    }

    [Fact]
    public async Task Delete_OfWhatIsOnlyJustCompleted_Is409()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), [new("Retention:EraseAfter", "01:00:00")]);
        var id = await CompletedAsync(app);

        Assert.Equal(HttpStatusCode.Conflict, await DeleteAsync(app, id));

        Assert.Equal(Secret, (await app.GetAsync(id)).Message);
    }

    [Fact]
    public async Task ErasedBroadcast_LateCallbackReplayAndRepeatedRequest_FindThatItWasThere()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        var id = await CompletedAsync(app, key: "k");
        var poison = Assert.Single(await app.PoisonAsync(1));
        await DeleteAsync(app, id);

        using var replay = await app.PostJsonAsync($$"""{"ids": ["{{poison.Id}}"]}""", "/api/v1/poison/replay");
        var calls = app.Twilio.Messages.TotalCalls;
        using var repeated = await PostAsync(app, "k");
        await app.Twilio.WhenIdleAsync();

        Assert.Equal(id, (await repeated.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!.BroadcastId);
        Assert.Equal(calls, app.Twilio.Messages.TotalCalls);
        Assert.Equal("completed", (await app.GetAsync(id)).Status);
    }

    [Fact]
    public async Task FanOut_ThatWasFrozenUntilItsBroadcastWasErased_SendsNothingAgain()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        var id = await CompletedAsync(app);
        var before = (await app.Service<BroadcastStore>().FindAsync(id, default))! with { FannedOut = 0, FannedOutAt = null, CompletedAt = null }; // as it had read it
        var calls = app.Twilio.Messages.TotalCalls;
        await DeleteAsync(app, id);

        await app.Service<FanOut>().RunAsync(before, default);

        await Eventually.GetAsync(async () => (await app.Queue(QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
        Assert.Equal(calls, app.Twilio.Messages.TotalCalls);
        await NothingPersonalIsLeftAsync(app);
    }

    [Fact]
    public async Task Erase_InterruptedHalfWay_IsFinishedByTheNextSweep()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        var id = await CompletedAsync(app);
        Assert.True(await app.Service<ClosedBroadcasts>().TryBeginEraseAsync(id, TimeSpan.Zero, default)); // and then it died

        await app.Service<PurgeOld>().RunAsync(default);

        await NothingPersonalIsLeftAsync(app);
    }

    [Fact]
    public async Task Purge_OldBroadcasts_AreErasedAndTheirKeysForgotten()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(storage.NewAccount(), [new("Retention:Days", "30")]);
        var purge = ActivatorUtilities.CreateInstance<PurgeOld>(app.Services, clock);
        var id = await CompletedAsync(app, key: "k");

        await purge.RunAsync(default);
        Assert.Null((await app.GetAsync(id)).ErasedAt);
        Assert.Single(await RowsAsync(app, TableNames.IdempotencyKeys));

        clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));
        await purge.RunAsync(default);

        Assert.NotNull((await app.GetAsync(id)).ErasedAt);
        Assert.Empty(await RowsAsync(app, TableNames.IdempotencyKeys));
        await NothingPersonalIsLeftAsync(app);
    }

    [Fact]
    public async Task Purge_KeyOfABroadcastThatIsNotErased_IsKept()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(400));
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        using var accepted = await PostAsync(app, "k");

        await ActivatorUtilities.CreateInstance<PurgeOld>(app.Services, clock).RunAsync(default);

        Assert.Single(await RowsAsync(app, TableNames.IdempotencyKeys));
    }

    // Whether it came to a broadcast or not: a key that is too old is compared with no body any more.
    [Fact]
    public async Task Purge_KeyThatIsTooOldToBeRepeated_LosesItsDigestAndIsKept()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(23));
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        using var accepted = await PostAsync(app, "k");
        await app.Service<IdempotencyStore>().ReserveAsync(new IdempotencyKey("ab" + new string('0', 62)), new(new string('0', 28), TimeProvider.System.GetUtcNow(), "digest"));
        var purge = ActivatorUtilities.CreateInstance<PurgeOld>(app.Services, clock);

        await purge.RunAsync(default);
        Assert.DoesNotContain("", (await RowsAsync(app, TableNames.IdempotencyKeys)).Select(row => row.GetString("digest")));

        clock.Advance(TimeSpan.FromHours(2));
        await purge.RunAsync(default);
        Assert.Equal(["", ""], (await RowsAsync(app, TableNames.IdempotencyKeys)).Select(row => row.GetString("digest")));
    }

    [Fact]
    public async Task Purge_ListOfARequestThatCameToNoCommit_IsErasedAfterADay()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = Secret, recipients = TestApp.Numbers(2) });
        var broadcast = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        await app.Service<RecipientBlobs>().WriteAsync(broadcast with { Id = new string('0', 28) });
        var lists = app.Service<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Broadcasts);

        app.Clock.Advance(TimeSpan.FromHours(23));
        await ActivatorUtilities.CreateInstance<PurgeOld>(app.Services).RunAsync(default);
        Assert.Single(await lists.GetBlobsAsync().ToListAsync());

        app.Clock.Advance(TimeSpan.FromHours(2));
        await ActivatorUtilities.CreateInstance<PurgeOld>(app.Services).RunAsync(default);
        Assert.Empty(await lists.GetBlobsAsync().ToListAsync());
    }

    [Fact]
    public async Task Purge_OptOuts_StayAndTheirLogGoes()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(2));
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        using var put = await app.OptOutAsync("+15551230001");

        await ActivatorUtilities.CreateInstance<PurgeOld>(app.Services, clock).RunAsync(default);

        Assert.Equal("+15551230001", Assert.Single(await RowsAsync(app, TableNames.OptOuts)).RowKey);
    }

    private static async Task<string> CompletedAsync(TestApp app, string? key = null)
    {
        app.Twilio.Recipients[Refused] = new RecipientBehaviour { RejectCode = 21614 };
        using var response = await PostAsync(app, key ?? "another");
        var id = (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!.BroadcastId;
        await app.GetAsync(id, view => view is { Status: "completed", Progress.Poisoned: 1 });
        await app.PoisonAsync(1);
        await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                return await app.Service<BroadcastStore>().FindAsync(id, default);
            },
            broadcast => broadcast!.CompletedAt is not null);
        return id;
    }

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts") { Content = JsonContent.Create(new { message = Secret, recipients = TestApp.Numbers(10) }) };
        request.Headers.Add(IdempotencyKey.Header, key);
        return app.Http.SendAsync(request);
    }

    private static async Task<HttpStatusCode> DeleteAsync(TestApp app, string id)
    {
        using var response = await app.Http.DeleteAsync($"/api/v1/broadcasts/{id}");
        return response.StatusCode;
    }

    private static Task<List<TableEntity>> RowsAsync(TestApp app, string table) => app.Table(table).QueryAsync<TableEntity>().ToListAsync().AsTask();

    // No number and no text in any column of any table, and no blob.
    private static async Task NothingPersonalIsLeftAsync(TestApp app)
    {
        foreach (var table in TableNames.All)
        {
            Assert.DoesNotContain(await RowsAsync(app, table), row => row.Any(column =>
                column.Value is string text && (text.Contains("+1555", StringComparison.Ordinal) || text.Contains(Code, StringComparison.Ordinal))));
        }

        Assert.Empty(await RowsAsync(app, TableNames.Recipients));
        Assert.Empty(await new BlobContainerClient(app.Storage, ContainerNames.Broadcasts).GetBlobsAsync().ToListAsync());
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Dispatch;
using BulkSms.OptOuts;
using BulkSms.OptOuts.Wording;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Faults;

/// <summary>Storage goes away in the middle of a request that changes several things: the answer says what is done, and the same request, sent again, finishes the rest.</summary>
public sealed class PartialOutcomeTests
{
    private const string Ada = "+15551230001";
    private const string Suspend = "/api/v1/sending/suspend";
    private const string Resume = "/api/v1/sending/resume";
    private static readonly string[] Numbers = TestApp.Numbers(250);

    [Fact]
    public async Task Import_CutOffInTheList_CountsWhatIsAddedAndARepeatAddsTheRest()
    {
        await using var app = await VirtualApp.StartAsync();
        BreakFrom(app, 2, StorageOperation.WriteOptOut);

        var problem = await PartlyAsync(app, () => ImportAsync(app));
        var repeated = await DoneAsync(() => ImportAsync(app), ApiJson.Default.ImportView);

        var added = problem.GetProperty("done").GetProperty("added").GetInt32();
        Assert.True(added is 97 or 56, $"{added} were added"); // two writes of 97 and one of 56 begin at once: the first that got through
        Assert.Equal((250 - added, added), (repeated.Added, repeated.Known));
        Assert.Equal(250, await app.Service<OptOutList>().PagesAfterAsync(null, null, default).SelectMany(page => page).CountAsync());
    }

    [Fact]
    public async Task Import_CutOffAfterTheList_SaysThatTheNumbersAreOnItAndARepeatStopsWhatWaits()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers[..25] });
        Break(app, StorageOperation.ReadRecipient);

        var problem = await PartlyAsync(app, () => ImportAsync(app));
        var repeated = await DoneAsync(() => ImportAsync(app), ApiJson.Default.ImportView);

        Assert.StartsWith("Every number is on the opt-out list.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 250, 25), (repeated.Added, repeated.Known, repeated.MessagesStopped));
        Assert.Equal(25, (await app.GetAsync(id)).Counts[RecipientStatus.OptedOut]);
    }

    [Theory]
    [InlineData(StorageOperation.WriteOptOut, "Whether any of it is done is not known.")]
    [InlineData(StorageOperation.ReadOptOut, "The number is off the opt-out list.")]
    public async Task Remove_CutOff_SaysWhatIsCertainAndARepeatIsDone(StorageOperation operation, string fact)
    {
        await using var app = await VirtualApp.StartAsync();
        using var added = await ImportAsync(app);
        var isWritten = false; // what is read before the number is taken off is another matter
        app.Breaks = call => (isWritten |= call.Operation == StorageOperation.WriteOptOut) && call.Operation == operation ? StorageFaultKind.ApplyThenCut : StorageFaultKind.None;

        var problem = await PartlyAsync(app, () => RemoveAsync(app));
        using var repeated = await RemoveAsync(app);

        Assert.StartsWith(fact, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, repeated.StatusCode);
        Assert.Null(await app.Service<OptOutList>().FindAsync(Numbers[0], default));
    }

    [Fact]
    public async Task Decide_CutOffAfterTheList_SaysSoAndARepeatIsDone()
    {
        await using var app = await VirtualApp.StartAsync();
        await app.Service<HearTexts>().HearAsync(Ada, new("SM00000000000000000000000000000001", InboundVerdict.Review, app.Clock.GetUtcNow(), IsTwiliosTime: true, "STOP?"), default);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        Break(app, StorageOperation.ReadRecipient);

        var problem = await PartlyAsync(app, () => DecideAsync(app));
        using var repeated = await DecideAsync(app);

        Assert.StartsWith("Every number is on the opt-out list.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        await app.Service<Sweeper>().RunAsync(default);
        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(id, Ada)).Status);
    }

    [Fact]
    public async Task Erase_CutOff_SaysThatItHasBegunAndARepeatFinishesIt()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers[..5] });
        await app.RunAsync(TimeSpan.FromHours(1), TimeSpan.FromSeconds(20), async () => (await app.Service<BroadcastStore>().FindAsync(id, default))!.CompletedAt is not null);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Break(app, StorageOperation.QueryRecipients);

        var problem = await PartlyAsync(app, () => app.Http.DeleteAsync($"/api/v1/broadcasts/{id}"));
        using var repeated = await app.Http.DeleteAsync($"/api/v1/broadcasts/{id}");

        Assert.StartsWith("The erasing has begun", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, repeated.StatusCode);
        Assert.Null(await app.Service<RecipientTable>().ReadAsync(RecipientKey.Of(id, Numbers[0], 1), default));
        Assert.Empty(await app.Service<ClosedBroadcasts>().ListErasingAsync(default).ToListAsync());
    }

    [Theory]
    [InlineData("pause", StorageOperation.WriteHold, "Whether any of it is done is not known.", "paused")]
    [InlineData("resume", StorageOperation.SendMessage, "The broadcast is resumed.", "sending")]
    [InlineData("cancel", StorageOperation.WriteHold, "The broadcast is canceled, but messages of it may go out", "canceling")]
    [InlineData("cancel", StorageOperation.SendMessage, "The broadcast is canceled: nothing of it is sent after 5 s.", "canceling")]
    public async Task Control_CutOff_SaysWhatIsCertainAndARepeatIsDone(string action, StorageOperation operation, string fact, string status)
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers[..5] });
        Break(app, operation);

        var problem = await PartlyAsync(app, () => ControlAsync(app, id, action));
        var repeated = await DoneAsync(() => ControlAsync(app, id, action), ApiJson.Default.BroadcastControlView);

        Assert.StartsWith(fact, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(status, repeated.Status);
    }

    [Fact]
    public async Task Cancel_AgainAfterTheSweeperHasFinishedWhatWasCutOff_IsDone()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers[..5] });
        Break(app, StorageOperation.WriteHold);
        await PartlyAsync(app, () => ControlAsync(app, id, "cancel"));
        await app.Service<Sweeper>().RunAsync(default);
        await app.Service<Sweeper>().RunAsync(default);

        var repeated = await DoneAsync(() => ControlAsync(app, id, "cancel"), ApiJson.Default.BroadcastControlView);

        Assert.Equal("canceled", repeated.Status);
        Assert.Equal((5, 0), ((await app.GetAsync(id)).Counts[RecipientStatus.Canceled], app.Twilio.Calls));
    }

    [Fact]
    public async Task SuspendAndResume_CutOff_SayWhatIsCertainAndARepeatIsDone()
    {
        await using var app = await VirtualApp.StartAsync();
        await app.BroadcastAsync(new { message = "Hello", recipients = Numbers[..5] });

        Break(app, StorageOperation.WriteHold);
        var unknown = await PartlyAsync(app, () => app.Http.PostAsync(Suspend, null));
        Break(app, StorageOperation.ReadHolds);
        var known = await PartlyAsync(app, () => app.Http.PostAsync(Suspend, null));
        using var suspended = await app.Http.PostAsync(Suspend, null);
        Break(app, StorageOperation.SendMessage);
        var resuming = await PartlyAsync(app, () => app.Http.PostAsync(Resume, null));
        using var resumed = await app.Http.PostAsync(Resume, null);

        Assert.StartsWith("Whether any of it is done is not known.", unknown.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Sending is suspended.", known.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Sending is resumed.", resuming.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (suspended.StatusCode, resumed.StatusCode));
        Assert.Null((await app.Service<ControlTable>().ReadAsync(default)).Suspension);
    }

    [Fact]
    public async Task Reconciliation_AskedForWhileStorageGoesAway_SaysWhatIsCertainAndARepeatAdoptsIt()
    {
        await using var app = await VirtualApp.StartAsync();
        var reconcile = $"{Resume}?reconcileSince={Uri.EscapeDataString(app.Clock.GetUtcNow().AddHours(-1).ToString("O"))}";
        using var suspended = await app.Http.PostAsync(Suspend, null);
        BreakFrom(app, 2, StorageOperation.WriteHold);

        var problem = await PartlyAsync(app, () => app.Http.PostAsync(reconcile, null));
        using var repeated = await app.Http.PostAsync(reconcile, null);

        Assert.StartsWith("The reconciliation runs.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, repeated.StatusCode);
    }

    [Theory]
    [InlineData(StorageOperation.ReadOptOut, "/api/v1/optouts")]
    [InlineData(StorageOperation.ReadHolds, Resume + "?reconcileSince=2026-01-01T00:00Z")]
    public async Task Change_CutOffBeforeItsFirstWrite_SaysThatNothingIsDone(StorageOperation operation, string path)
    {
        await using var app = await VirtualApp.StartAsync();
        Break(app, operation);

        using var refused = await app.Http.PostAsJsonAsync(path, new { phones = Numbers });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("storage-unavailable", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Breaks all calls of a kind, before they are made.</summary>
    private static void Break(VirtualApp app, StorageOperation operation) => BreakFrom(app, 1, operation);

    private static void BreakFrom(VirtualApp app, int first, StorageOperation operation)
    {
        var calls = 0;
        app.Breaks = call => call.Operation == operation && Interlocked.Increment(ref calls) >= first ? StorageFaultKind.CutBefore : StorageFaultKind.None;
    }

    private static Task<HttpResponseMessage> ImportAsync(VirtualApp app) => app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = Numbers });

    private static Task<HttpResponseMessage> RemoveAsync(VirtualApp app) => app.Http.PostAsJsonAsync("/api/v1/optouts/remove", new { phone = Numbers[0] });

    private static Task<HttpResponseMessage> DecideAsync(VirtualApp app) => app.Http.PostAsJsonAsync("/api/v1/optouts/review", new { phone = Ada, decision = "optOut" });

    private static Task<HttpResponseMessage> ControlAsync(VirtualApp app, string id, string action) => app.Http.PostAsync($"/api/v1/broadcasts/{id}/{action}", null);

    // Storage is back afterwards.
    private static async Task<JsonElement> PartlyAsync(VirtualApp app, Func<Task<HttpResponseMessage>> request)
    {
        using var response = await request();
        app.Breaks = _ => StorageFaultKind.None;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("urn:bulksms:problem:partly-done", problem.GetProperty("type").GetString());
        Assert.DoesNotContain("Nothing was", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("Send the same request again: it finishes what is left.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        return problem;
    }

    private static async Task<T> DoneAsync<T>(Func<Task<HttpResponseMessage>> request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using var response = await request();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(type))!;
    }
}

using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Chaos.Storage;
using BulkSms.Retention;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using StorageCall = BulkSms.Chaos.Storage.StorageCall;

namespace BulkSms.Tests.Faults;

/// <summary>No action takes effect without its entry, whatever becomes of storage's replies; and none that stops texts waits for it.</summary>
public sealed class AuditFaultTests
{
    private const string Ada = "+15551230001";

    [Fact]
    public async Task EntryThatCannotBeWritten_OfAResume_Is503AndNothingIsDone()
    {
        await using var app = await VirtualApp.StartAsync();
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        app.Breaks = call => IsAudit(call) ? StorageFaultKind.CutBefore : StorageFaultKind.None;

        using var answer = await app.Http.PostAsync("/api/v1/sending/resume", null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("storage-unavailable", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("suspended", (await app.SendingAsync()).Status);
        app.Breaks = _ => StorageFaultKind.None;
        Assert.Equal(["suspendSending"], (await ListAsync(app)).Entries.Select(entry => entry.Action));
    }

    [Theory]
    [InlineData("sending/suspend")]
    [InlineData("broadcasts/{id}/pause")]
    [InlineData("broadcasts/{id}/cancel")]
    [InlineData("optouts")]
    public async Task EntryThatCannotBeWritten_OfWhatStopsTexts_IsDoneAndStandsInTheLog(string path)
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        app.Breaks = call => IsAudit(call) ? StorageFaultKind.CutBefore : StorageFaultKind.None;

        using var answer = await app.Http.PostAsync($"/api/v1/{path.Replace("{id}", id, StringComparison.Ordinal)}", path == "optouts" ? JsonContent.Create(new { phones = new[] { Ada } }) : null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await app.RunAsync(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(10));
        Assert.Equal(0, app.Twilio.Calls);
        var logged = Assert.Single(app.Logs.Text.Split('\n'), line => line.Contains("audit log could not record", StringComparison.Ordinal));
        Assert.Contains(answer.Headers.GetValues("x-request-id").Single(), logged, StringComparison.Ordinal);
        Assert.DoesNotContain(Ada[1..], app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EntryThatCannotBeWrittenFirst_OfWhatStopsTexts_FollowsTheAction()
    {
        await using var app = await VirtualApp.StartAsync();
        var isSuspended = false;
        app.Breaks = call =>
        {
            isSuspended |= call.Operation is StorageOperation.WriteHold;
            return IsAudit(call) && !isSuspended ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        };

        using var answer = await app.Http.PostAsync("/api/v1/sending/suspend", null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("suspendSending", "done"), Assert.Single((await ListAsync(app)).Entries) is var entry ? (entry.Action, entry.Outcome) : default);
    }

    [Theory]
    [InlineData(StorageFaultKind.ApplyThenCut)]
    [InlineData(StorageFaultKind.CutBefore)]
    public async Task EveryReplyOfTheLog_LostOnce_IsOneEntry(StorageFaultKind fault)
    {
        await using var app = await VirtualApp.StartAsync();
        var calls = 0;
        app.Breaks = call => IsAudit(call) && Interlocked.Increment(ref calls) % 2 == 1 ? fault : StorageFaultKind.None;

        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1)); // what is done within one is in no order
        using var resumed = await app.Http.PostAsync("/api/v1/sending/resume", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (suspended.StatusCode, resumed.StatusCode));
        Assert.Equal([("resumeSending", "done"), ("suspendSending", "done")], (await ListAsync(app)).Entries.Select(entry => (entry.Action, entry.Outcome)));
        Assert.True(calls >= 8, "the fault was not met at each write");
    }

    [Fact]
    public async Task ActionThatIsInterrupted_HasAnEntryWithoutAnOutcome()
    {
        await using var app = await VirtualApp.StartAsync();
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        app.Breaks = call => call.Operation is StorageOperation.WriteHold ? StorageFaultKind.ApplyThenCut : StorageFaultKind.None;

        using var answer = await app.Http.PostAsync("/api/v1/sending/resume", null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(("resumeSending", null), (await ListAsync(app)).Entries[0] is var entry ? (entry.Action, entry.Outcome) : default);
    }

    // The commit is applied, its reply is lost, and the process is gone: the broadcast is there, and who sent it.
    [Fact]
    public async Task Broadcast_WhoseReplyIsLost_HasItsEntry()
    {
        await using var app = await VirtualApp.StartAsync([new("Broadcasts:CommitProbe", "00:00:00")]);
        app.Breaks = call => call.Operation is StorageOperation.CommitBroadcast ? StorageFaultKind.ApplyThenCut : StorageFaultKind.None;

        using var answer = await app.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Hello", recipients = new[] { Ada } });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await using var next = await VirtualApp.StartAsync(before: app);
        var entry = Assert.Single((await ListAsync(next)).Entries);
        Assert.Equal(("createBroadcast", "key", answer.Headers.GetValues("x-request-id").Single(), 1), (entry.Action, entry.Actor, entry.RequestId, entry.Target.Count));
    }

    [Fact]
    public async Task Accept_WithTheLog_CallsStorageNoMoreOften()
    {
        await using var app = await VirtualApp.StartAsync();
        var calls = new System.Collections.Concurrent.ConcurrentQueue<string>();
        app.Breaks = call =>
        {
            calls.Enqueue(call.Path);
            return StorageFaultKind.None;
        };

        await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });

        Assert.DoesNotContain(calls, path => path.Contains(TableNames.AuditLog, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retention_AfterItsDays_DeletesEntriesByBothKeys()
    {
        await using var app = await VirtualApp.StartAsync([new("Audit:Days", "2")]);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        using var paused = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null);
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        app.Clock.Advance(TimeSpan.FromDays(1.5));
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/resume", null);
        Assert.Equal(4, (await ListAsync(app)).Entries.Count);

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Service<PurgeOld>().RunAsync(default);

        Assert.Equal(["resumeBroadcast"], (await ListAsync(app)).Entries.Select(entry => entry.Action));
        Assert.Equal(["resumeBroadcast"], (await ListAsync(app, $"broadcastId={id}")).Entries.Select(entry => entry.Action));
        var rows = await app.Service<Azure.Data.Tables.TableServiceClient>().GetTableClient(TableNames.AuditLog).QueryAsync<Azure.Data.Tables.TableEntity>().CountAsync();
        Assert.Equal(2, rows);
    }

    private static bool IsAudit(StorageCall call) => call.Operation is StorageOperation.WriteAudit;

    private static async Task<AuditPage> ListAsync(VirtualApp app, string query = "") => (await app.Http.GetFromJsonAsync($"/api/v1/audit?{query}", ApiJson.Default.AuditPage))!;
}

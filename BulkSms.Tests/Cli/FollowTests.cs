using BulkSms.Cli;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Cli;

/// <summary>What comes after sending.</summary>
public sealed class FollowTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Fact]
    public async Task Status_List_Results_ShowABroadcast()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);
        var id = (await app.BroadcastAsync("Hello", Ada, Bob)).BroadcastId;
        var csv = cli.PathOf("results.csv");

        var waited = (await cli.TypeAsync([], "status", id, "--wait")).Ended(ExitCodes.Done);
        var status = (await cli.ScriptAsync("status", id, "--json")).Ended(ExitCodes.Done);
        var listed = (await cli.ScriptAsync("list", "--status", "completed,sending,finishing", "--text", "hell")).Ended(ExitCodes.Done);
        var json = (await cli.ScriptAsync("list", "--json")).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("results", id, "-o", csv)).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("results", id, "-o", csv)).Ended(ExitCodes.Usage); // it exists
        (await cli.ScriptAsync("results", id, "-o", csv, "--force")).Ended(ExitCodes.Done);
        var printed = (await cli.ScriptAsync("results", id)).Ended(ExitCodes.Done);

        Assert.Contains("2 delivered", waited.Output, StringComparison.Ordinal);
        Assert.Equal("completed", status.Json.GetProperty("status").GetString());
        Assert.Contains(id, listed.Output, StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(json.Json.EnumerateArray()).GetProperty("broadcastId").GetString());
        Assert.Equal(printed.Raw, await File.ReadAllTextAsync(csv, TestContext.Current.CancellationToken));
        Assert.Equal(3, printed.Raw.TrimEnd().Split('\n').Length);
        Assert.Equal([Path.GetFileName(csv)], Directory.GetFiles(Path.GetDirectoryName(csv)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Results_ThatAreCut_LeaveNoFile()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);
        var csv = cli.PathOf("results.csv");

        (await cli.ScriptAsync("results", "0123456789abcdef0123456789ab", "-o", csv)).Ended(ExitCodes.Refused);

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(csv)!));
    }

    [Fact]
    public async Task Failed_AndRetry_PutBackToWorkWhatFailed()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);
        app.Twilio.Recipients[Ada] = new RecipientBehaviour { RejectCode = 21614 };
        var id = (await app.BroadcastAsync("Hello", Ada, Bob)).BroadcastId;
        await app.PoisonAsync(1);
        app.Twilio.Recipients[Ada] = new RecipientBehaviour();

        var failed = (await cli.ScriptAsync("failed", id)).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("retry", id)).Ended(ExitCodes.NotConfirmed);
        (await cli.TypeAsync(["no"], "retry", id)).Ended(ExitCodes.NotConfirmed);
        Assert.Null(Assert.Single(await app.PoisonAsync()).ReplayedAt);
        var retried = (await cli.TypeAsync(["y"], "retry", id, "--code", "21614")).Ended(ExitCodes.Done);
        var again = (await cli.ScriptAsync("retry", id, "--yes", "--json")).Ended(ExitCodes.Done);

        Assert.Contains("not a mobile number", failed.Output, StringComparison.Ordinal);
        Assert.Contains("Retry 1 message?", retried.Notes, StringComparison.Ordinal);
        Assert.Contains("1 message put back to work.", retried.Output, StringComparison.Ordinal);
        Assert.Equal(0, again.Json.GetProperty("replayed").GetInt32());
        Assert.Equal(2, (await app.GetAsync(id, view => view.Counts.GetValueOrDefault("delivered") == 2)).Progress.Final);
        Assert.Equal(1, app.Twilio.Messages.MaxAcceptedPerNumber);
    }

    [Fact]
    public async Task Pause_Resume_Cancel_OfABroadcast()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);
        var id = (await app.BroadcastAsync("Hello", Ada)).BroadcastId;

        var paused = (await cli.ScriptAsync("pause", id, "--reason", "The text names the wrong day")).Ended(ExitCodes.Done);
        var waited = (await cli.ScriptAsync("status", id, "--wait")).Ended(ExitCodes.Stopped);
        (await cli.ScriptAsync("resume", id)).Ended(ExitCodes.NotConfirmed);
        var resumed = (await cli.TypeAsync([], "resume", id)).Ended(ExitCodes.Done);
        (await cli.TypeAsync([""], "cancel", id)).Ended(ExitCodes.NotConfirmed);
        var canceled = (await cli.ScriptAsync("cancel", id, "--yes")).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("pause", id)).Ended(ExitCodes.Refused);

        Assert.Contains("paused", paused.Output, StringComparison.Ordinal);
        Assert.Contains($"bulksms resume {id}", waited.Notes, StringComparison.Ordinal);
        Assert.Contains("paused, because The text names the wrong day", waited.Output, StringComparison.Ordinal);
        Assert.Contains("sending", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("cancel", canceled.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OptOut_Commands_ChangeTheList()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);

        var added = (await cli.ScriptAsync("optout", "add", Ada, Bob)).Ended(ExitCodes.Done);
        var imported = (await cli.PipeAsync("phone\n(201) 555-0123\n", "optout", "import", "-", "--region", "US", "--json")).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("optout", "remove", Bob)).Ended(ExitCodes.NotConfirmed);
        (await cli.TypeAsync(["y"], "optout", "remove", Bob)).Ended(ExitCodes.Done);
        var listed = (await cli.ScriptAsync("optout", "list")).Ended(ExitCodes.Done);
        var found = (await cli.ScriptAsync("optout", "find", Ada)).Ended(ExitCodes.Done);
        var free = (await cli.ScriptAsync("optout", "find", Bob, "--json")).Ended(ExitCodes.Done);
        var exported = (await cli.ScriptAsync("optout", "export")).Ended(ExitCodes.Done);

        Assert.Contains("2 phones added", added.Output, StringComparison.Ordinal);
        Assert.Equal(1, imported.Json.GetProperty("added").GetInt32());
        Assert.Contains(Ada, listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Bob, listed.Output, StringComparison.Ordinal);
        Assert.Contains("Opted out since", found.Output, StringComparison.Ordinal);
        Assert.Equal("null", free.Raw.Trim());
        Assert.Equal(3, exported.Raw.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Sending_IsShown_Suspended_AndResumed()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);

        var shown = (await cli.ScriptAsync("sending")).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("sending", "suspend")).Ended(ExitCodes.Done);
        var suspended = (await cli.ScriptAsync("sending", "show", "--json")).Ended(ExitCodes.Done);
        Assert.Contains("0 texts in the queue", shown.Output, StringComparison.Ordinal);
        (await cli.ScriptAsync("sending", "resume")).Ended(ExitCodes.NotConfirmed);
        var resumed = (await cli.TypeAsync(["yes"], "sending", "resume")).Ended(ExitCodes.Done);

        Assert.Contains("Sending is running", shown.Output, StringComparison.Ordinal);
        Assert.Equal("suspended", suspended.Json.GetProperty("status").GetString());
        Assert.Contains("Sending is running", resumed.Output, StringComparison.Ordinal);
    }
}

using BulkSms.Cli;
using BulkSms.Replies;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Cli;

/// <summary>Approvals, and the lists that tell what happened.</summary>
public sealed class DecideTests(MemoryFixture memory)
{
    [Fact]
    public async Task Approve_Reject_Audit_Replies()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Approvals.Settings(issuer), pumping: false);
        Approvals.SignIn(app.Http, issuer);
        using var cli = new CliRun(app) { ["BULKSMS_TOKEN"] = Approvals.TokenOf(issuer, Approvals.Approver).Parameter! };
        var (first, second) = ((await app.BroadcastAsync("Hello", Approvals.Numbers(3))).BroadcastId, (await app.BroadcastAsync("Hello again", Approvals.Numbers(3))).BroadcastId);
        await app.Service<ReplyTable>().KeepAsync(new($"SM{new string('6', 32)}", "+12015550199", TimeProvider.System.GetUtcNow(), "See you", 0), default);

        (await cli.ScriptAsync("approve", first)).Ended(ExitCodes.NotConfirmed);
        var approved = (await cli.TypeAsync([], "approve", first, "--comment", "fine")).Ended(ExitCodes.Done);
        (await cli.TypeAsync(["n"], "reject", second)).Ended(ExitCodes.NotConfirmed);
        var rejected = (await cli.ScriptAsync("reject", second, "--yes", "--json")).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("approve", second, "--yes")).Ended(ExitCodes.Refused);
        var audit = (await cli.ScriptAsync("audit", first)).Ended(ExitCodes.Done);
        var one = (await cli.ScriptAsync("audit", "--actor", Approvals.Approver, "--most", "1", "--json")).Ended(ExitCodes.Done);
        var replies = (await cli.ScriptAsync("replies")).Ended(ExitCodes.Done);

        Assert.Contains(first, approved.Output, StringComparison.Ordinal);
        Assert.Equal(second, rejected.Json.GetProperty("broadcastId").GetString());
        Assert.Contains("approveBroadcast", audit.Output, StringComparison.Ordinal);
        Assert.Contains("fine", audit.Output, StringComparison.Ordinal);
        Assert.Equal(Approvals.Approver, Assert.Single(one.Json.EnumerateArray()).GetProperty("actor").GetString());
        Assert.Contains("See you", replies.Output, StringComparison.Ordinal);
    }
}

using System.Net;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Sending;
using BulkSms.SendingControl;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A pause or a cancellation that comes when its broadcast is at its end holds nothing, and is not shown.</summary>
public sealed class OutlivedPauseTests(MemoryFixture memory)
{
    [Fact]
    public async Task Pause_ThatRacesTheCompletion_IsNotShownAndIsTakenAway()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), configure: TestApp.WithoutSweeper);
        var id = await NotedAsync(app);

        await app.Service<ControlTable>().PauseAsync(id, null, default);

        Assert.Equal("completed", (await app.GetAsync(id)).Status);
        await app.Service<Sweeper>().RunAsync(default);
        Assert.Empty((await app.Service<ControlTable>().ReadAsync(default)).Broadcasts);
    }

    [Fact]
    public async Task Pause_ThatIsMadeAgain_OutlivesTheSweeperThatHadReadTheFirst()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        var control = app.Service<ControlTable>();
        await control.PauseAsync(accepted.BroadcastId, "the first", default);
        var read = await control.ReadAsync(default);

        await control.PauseAsync(accepted.BroadcastId, null, default);
        await control.ReleaseAsync(accepted.BroadcastId, read, default);

        Assert.Equal("the first", (await control.ReadAsync(default)).Broadcasts[accepted.BroadcastId].Reason);
    }

    [Fact]
    public async Task AutoPause_ByCallbacksOfACompletedBroadcast_HoldsNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:PauseAboveFailureRate", "0.3")], configure: TestApp.WithoutSweeper);
        var id = await NotedAsync(app);

        for (var i = 0; i < AutoPause.Results; i++)
        {
            await app.Service<AutoPause>().ResultAsync(id, failed: true, later: true);
        }

        Assert.Empty((await app.Service<ControlTable>().ReadAsync(default)).Broadcasts);
    }

    [Fact]
    public async Task Cancel_OfWhatIsCompleted_Is409AndLeavesItCompleted()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), configure: TestApp.WithoutSweeper);
        var id = await NotedAsync(app);

        using var refused = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.False(await app.Service<BroadcastStore>().TryMarkCanceledAsync(id, default)); // nor when both come at once
        Assert.Equal("completed", (await app.GetAsync(id)).Status);
    }

    private static async Task<string> NotedAsync(TestApp app)
    {
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await app.CompletedAsync(accepted.BroadcastId);
        await app.Service<Sweeper>().RunAsync(default);
        Assert.NotNull((await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!.CompletedAt);
        return accepted.BroadcastId;
    }
}

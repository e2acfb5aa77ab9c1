using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BulkSms.Chaos.Storage;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Faults;

/// <summary>Storage goes away in the middle of a replay: see <see cref="PartialOutcomeTests"/>.</summary>
public sealed class PartialReplayTests(MemoryFixture memory)
{
    private static readonly string[] Numbers = TestApp.Numbers(4);

    [Fact]
    public async Task Replay_CutOff_CountsWhatIsReplayedAndARepeatSendsToTheRestOnce()
    {
        var (isBroken, sends) = (false, 0);
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
            isBroken && call.Operation is StorageOperation.SendMessage && Interlocked.Increment(ref sends) > 1 ? StorageFaultKind.CutBefore : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString);
        Array.ForEach(Numbers, number => app.Twilio.Recipients[number] = new RecipientBehaviour { RejectCode = 21614 });
        var id = (await app.BroadcastAsync("Hello", Numbers)).BroadcastId;
        await app.PoisonAsync(4);
        Array.ForEach(Numbers, number => app.Twilio.Recipients[number] = new RecipientBehaviour());

        isBroken = true;
        using var cutOff = await ReplayAsync(app, id);
        isBroken = false;
        using var repeated = await ReplayAsync(app, id);

        var problem = JsonDocument.Parse(await cutOff.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:bulksms:problem:partly-done"), (cutOff.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Equal(1, problem.GetProperty("done").GetProperty("replayed").GetInt32());
        Assert.StartsWith("Some of it is done: done counts what is certain.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        await app.GetAsync(id, view => view.Counts.GetValueOrDefault(RecipientStatus.Delivered) == 4);
        Assert.Equal((4, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
    }

    private static Task<HttpResponseMessage> ReplayAsync(TestApp app, string id) => app.Http.PostAsJsonAsync("/api/v1/poison/replay", new { broadcastId = id });
}

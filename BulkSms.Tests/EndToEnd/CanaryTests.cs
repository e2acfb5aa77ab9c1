using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A broadcast with <c>canary</c> is sent to a first part of its list, and goes on by itself or pauses.</summary>
public sealed class CanaryTests
{
    private const int Recipients = 30;
    private const int First = 3;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Canary_WithoutFailures_GoesOnAfterItsTimeAndSendsToEachOnce()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app);

        await app.RunAsync(TimeSpan.FromMinutes(8), Step);
        var waiting = await app.GetAsync(id);
        var sentFirst = Sent(app);
        var (whole, brief) = (await app.Service<BroadcastStore>().FindAsync(id, default), await app.Service<BroadcastStore>().FindWithoutRecipientsAsync(id, default));
        await app.RunAsync(TimeSpan.FromMinutes(8), Step);
        var done = await app.GetAsync(id);

        Assert.Equal(("sending", CanaryStatus.Waiting, First, First), (waiting.Status, waiting.Canary!.Status, waiting.Canary.Recipients, waiting.Canary.Sent));
        Assert.NotNull(waiting.Canary.DecidesAt);
        Assert.Equal((whole!.Canary, whole.CanaryResult), (brief!.Canary, brief.CanaryResult));
        Assert.NotNull(brief.CanaryResult!.HandedOverAt);
        Assert.Equal(TestApp.Numbers(First), sentFirst);
        Assert.Equal((CanaryStatus.Passed, 0, 0), (done.Canary!.Status, done.Canary.Failures, done.Canary.OptedOut));
        Assert.Equal(TestApp.Numbers(Recipients), Sent(app));
    }

    [Fact]
    public async Task Canary_WithFailures_PausesAtOnceSaysWhyAndGoesOnWhenItIsResumed()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Twilio.Next = _ => app.Twilio.Calls == 1 ? VirtualTwilio.Behaviour.Reject : VirtualTwilio.Behaviour.Accept;
        var id = await PostAsync(app);

        await app.RunAsync(TimeSpan.FromMinutes(3), Step);
        var paused = await app.GetAsync(id);
        await app.RunAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));
        await app.Service<FanOutJobHandler>().RunAsync(id, default); // a message of before, delivered late
        Assert.Equal(First, (await app.GetAsync(id)).Counts.Values.Sum());
        var calls = app.Twilio.Calls;
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/resume", null);
        await app.RunAsync(TimeSpan.FromMinutes(15), Step);

        Assert.Equal(("paused", CanaryStatus.Failed, First, 1), (paused.Status, paused.Canary!.Status, paused.Canary.Sent, paused.Canary.Failures));
        Assert.Equal("1 of the first 3 recipients failed, more than 10 %", paused.PausedBecause);
        Assert.Equal(First, calls);
        Assert.Equal(Recipients - 1, Sent(app).Count);
        Assert.Contains("has paused itself after its first part", app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canary_ThatFailedAndIsNeverResumed_ExpiresForTheRest()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Twilio.Next = _ => VirtualTwilio.Behaviour.Reject;
        var id = await PostAsync(app, expiresAt: app.Clock.GetUtcNow().AddHours(2));

        await app.RunAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));

        var view = await app.GetAsync(id);
        Assert.Equal(("completed", Recipients - First, First), (view.Status, view.Counts[RecipientStatus.Expired], app.Twilio.Calls));
    }

    [Fact]
    public async Task Canary_WhoseRecipientOptsOut_Pauses()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app);
        await app.RunAsync(TimeSpan.FromMinutes(4), Step);

        using var stop = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = TestApp.Numbers(1) });
        await app.RunAsync(TimeSpan.FromMinutes(2), Step);

        var paused = await app.GetAsync(id);
        Assert.Equal(("paused", "1 of the first 3 recipients have opted out, more than 2 %", First), (paused.Status, paused.PausedBecause, app.Twilio.Calls));
    }

    [Fact]
    public async Task Canary_ToWhomNothingCouldBeSent_Pauses()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app);

        using var stop = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = TestApp.Numbers(First) });
        await app.RunAsync(TimeSpan.FromMinutes(4), Step);

        var paused = await app.GetAsync(id);
        Assert.Equal(("paused", "nothing could be sent to its first part", 0), (paused.Status, paused.PausedBecause, app.Twilio.Calls));
    }

    [Fact]
    public async Task Canary_OfAnAppThatDies_IsDecidedByTheNext()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app);
        await app.RunAsync(TimeSpan.FromMinutes(5), Step);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await using var next = await VirtualApp.StartAsync(before: app);

        await next.RunAsync(TimeSpan.FromMinutes(6), Step);

        Assert.Equal(CanaryStatus.Passed, (await next.GetAsync(id)).Canary!.Status);
        Assert.Equal(TestApp.Numbers(Recipients), Sent(next));
    }

    [Fact]
    public async Task Broadcast_ThatIsCanceledWhileItWaits_SendsNothingMore()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app);
        await app.RunAsync(TimeSpan.FromMinutes(5), Step);

        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null);
        await app.RunAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));

        var view = await app.GetAsync(id);
        Assert.Equal(("canceled", "canceled", Recipients - First, First), (view.Status, view.Canary!.Status, view.Counts[RecipientStatus.Canceled], app.Twilio.Calls));
    }

    [Fact]
    public async Task Broadcast_ThatIsPausedUntilItExpires_ExpiresForAll()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app, expiresAt: app.Clock.GetUtcNow().AddMinutes(30));
        using var paused = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null);
        await app.RunAsync(TimeSpan.FromMinutes(40), Step);
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/resume", null);
        await app.RunAsync(TimeSpan.FromMinutes(30), Step);

        var view = await app.GetAsync(id);
        Assert.Equal(("completed", CanaryStatus.Expired, 0), (view.Status, view.Canary!.Status, app.Twilio.Calls));
        Assert.Equal(Recipients, view.Counts[RecipientStatus.Expired]);
    }

    // It may have gone on after the time that storage was restored to; the rows of its rest are gone then.
    [Fact]
    public async Task Canary_WhenStorageIsRestoredWhileItWaits_IsPausedAndItsRestReconciledBeforeItIsSent()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app);
        await app.RunAsync(TimeSpan.FromMinutes(5), Step);
        var restoredTo = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        using var restored = await app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={restoredTo:yyyy-MM-ddTHH:mm:ssZ}", null);
        Assert.True(restored.IsSuccessStatusCode);

        await app.Service<ReconcileAfterRestore>().RunAsync(default);

        var view = await app.GetAsync(id);
        Assert.Equal(("paused", CanaryStatus.Failed, DecideCanary.Restored), (view.Status, view.Canary!.Status, view.PausedBecause));
        Assert.Equal(Recipients - First, view.Counts[RecipientStatus.Unconfirmed]);
        Assert.Equal(First, app.Twilio.Calls);
    }

    [Fact]
    public async Task Canary_OfABroadcastThatIsSpread_IsSentAtOnceAndTheRestSpreadFromTheDecisionOn()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app, sendOver: "PT1H");

        await app.RunAsync(TimeSpan.FromMinutes(3), Step);
        Assert.Equal(First, Sent(app).Count);
        await app.RunAsync(TimeSpan.FromMinutes(12), Step);
        var decided = (await app.GetAsync(id)).Canary!.DecidedAt!.Value;
        await app.RunAsync(TimeSpan.FromMinutes(75), Step);

        Assert.Equal(TestApp.Numbers(Recipients), Sent(app));
        var rest = app.Twilio.Messages.OrderBy(message => message.At).Skip(First).Select(message => message.At - decided).ToArray();
        Assert.All(rest.Select((after, i) => after - TimeSpan.FromHours(1) * i / (Recipients - First)), late => Assert.InRange(late, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(6)));
    }

    [Theory]
    [InlineData("""{"share": 0, "for": "PT10M"}""", "$.canary.share")]
    [InlineData("""{"share": 0.51, "for": "PT10M"}""", "$.canary.share")]
    [InlineData("""{"share": "0.1", "for": "PT10M"}""", "$.canary.share")]
    [InlineData("""{"for": "PT10M"}""", "$.canary.share")]
    [InlineData("""{"share": 0.1}""", "$.canary.for")]
    [InlineData("""{"share": 0.1, "for": "PT59S"}""", "$.canary.for")]
    [InlineData("""{"share": 0.1, "for": "PT10M", "maxFailures": 1.1}""", "$.canary.maxFailures")]
    [InlineData("""{"share": 0.1, "for": "PT10M", "maxOptOuts": -1}""", "$.canary.maxOptOuts")]
    [InlineData("""{"share": 0.1, "for": "PT10M", "optOuts": 1}""", "$.canary.optOuts")]
    [InlineData("""{"share": 0.1, "for": "P3D"}""", "$.canary")]
    [InlineData("\"0.1 PT10M\"", "$.canary")]
    public async Task Canary_ThatCannotBe_IsNamedAtItsPlace(string canary, string place)
    {
        await using var app = await VirtualApp.StartAsync();
        var expires = app.Clock.GetUtcNow().AddDays(2).ToString("O");
        using var answer = await app.Http.PostAsync("/api/v1/broadcasts", new StringContent(
            $$"""{"message": "Hello", "recipients": ["+12015550101", "+12015550102"], "expiresAt": "{{expires}}", "canary": {{canary}}}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{place}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5 PT10M", "0.5 PT10M 0.1 0.02")]
    [InlineData("0.25 P1D 0 1", "0.25 P1D 0 1")]
    [InlineData("0.6 PT10M", null)]
    [InlineData("0.5 10", null)]
    [InlineData("0.5 PT10M 0.1", null)]
    [InlineData("0.5 PT10M 0.1 2", null)]
    [InlineData("", null)]
    public void Text_OfACanary_IsReadAndWritten(string text, string? written) => Assert.Equal(written, Canary.Parse(text)?.ToString());

    [Fact]
    public async Task Form_WithACanary_IsReadAndOneRecipientHasNone()
    {
        await using var app = await VirtualApp.StartAsync();

        var two = await app.GetAsync(await FormAsync(app, "phone\n+12015550101\n+12015550102\n"));
        var one = await app.GetAsync(await FormAsync(app, "phone\n+12015550103\n"));

        Assert.Equal((0.5m, "PT10M", 1), (two.Canary!.Share, two.Canary.For, two.Canary.Recipients));
        Assert.Null(one.Canary);
    }

    private static async Task<string> FormAsync(VirtualApp app, string list)
    {
        using var form = new MultipartFormDataContent { { new StringContent("Hello"), "message" }, { new StringContent("0.5 PT10M"), "canary" }, { new StringContent(list), "recipients", "list.csv" } };
        using var answer = await app.Http.PostAsync("/api/v1/broadcasts", form);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!.BroadcastId;
    }

    private static Task<string> PostAsync(VirtualApp app, string? sendOver = null, DateTimeOffset? expiresAt = null)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["message"] = "Hello", ["recipients"] = TestApp.Numbers(Recipients), ["canary"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["share"] = 0.1, ["for"] = "PT10M" },
        };
        _ = sendOver is null || body.TryAdd("sendOver", sendOver);
        _ = expiresAt is null || body.TryAdd("expiresAt", expiresAt);
        return app.BroadcastAsync(body);
    }

    private static List<string> Sent(VirtualApp app) => [.. app.Twilio.Messages.Select(message => message.To).Order(StringComparer.Ordinal)];
}

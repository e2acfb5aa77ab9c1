using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using BulkSms.FunctionsHostSimulator;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Functions.Tests.Worker;

/// <summary>The compiled Functions app's own adapters, invoked as the Functions host invokes them.</summary>
public sealed class WorkerTests(WorkerApp app) : IClassFixture<WorkerApp>
{
    private const string Text = "Your appointment is at 17:45.";
    private const string Landline = "+15550101003";
    private static readonly string[] Mobiles = ["+15550101001", "+15550101002"];

    public static TheoryData<string> Triggers { get; } = [.. TriggerCalls.All.Keys];

    [Fact]
    public void Triggers_OfTheMetadata_AreAllInvoked() =>
        Assert.Equal(app.Functions.Select(function => function.Name).Order(StringComparer.Ordinal), TriggerCalls.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Triggers))]
    public Task Trigger_Invoked_AnswersAsTheHostNeeds(string trigger) => TriggerCalls.All[trigger](app, trigger);

    [Fact]
    public async Task Broadcast_ThroughTheWorker_TextsEachOnceAndIsLoggedWithoutNumbersAndTexts()
    {
        app.Twilio.Recipients[Landline] = new RecipientBehaviour { RejectCode = 21614 };
        var id = await app.BroadcastAsync(Text, [.. Mobiles, Landline]);

        Succeeded(await app.DeliverAllAsync(QueueNames.Expand, "FanOutJobHandler"));
        Succeeded(await app.DeliverAllAsync(QueueNames.Outbound, "SendSms", times: 2)); // a queue delivers at least once
        Succeeded(await app.DeliverAllAsync(QueueNames.OutboundPoison, "FilePoisonedSms"));
        await app.Twilio.WhenIdleAsync(TestContext.Current.CancellationToken); // its status callbacks have gone through the host
        Assert.Equal(FunctionsHost.Success, await app.TickAsync("Sweep"));

        Assert.All(Mobiles, mobile => Assert.Equal(Text, Assert.Single(app.Twilio.Messages.For(mobile)).Body));
        Assert.Single(app.Twilio.Messages.CallsFor(Landline));
        Assert.Equal(["delivered", "delivered", "rejected"], await StatusesAsync(id));
        var kept = await app.SendAsync("GET", $"v1/poison?broadcastId={id}", null, HttpStatusCode.OK);
        Assert.Equal(21614, (int)Assert.Single(kept["messages"]!.AsArray())!["code"]!);
        Assert.Equal("completed", (string)(await app.SendAsync("GET", $"v1/broadcasts/{id}", null, HttpStatusCode.OK))["status"]!);
        LoggedWithout([.. Mobiles, Landline], Text);
        Assert.Contains(app.Logs, log => log["message"]!.ToString().Contains(id, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logs, log => log["message"]!.ToString().Contains(", attempt ", StringComparison.Ordinal)); // host.json: SendSms from warnings on
    }

    [Theory]
    [InlineData("SendSms", "")]
    [InlineData("SendSms", "{")]
    [InlineData("SendSms", "{}")]
    [InlineData("SendSmsHigh", "{}")]
    [InlineData("SendSms", """{"v": 99, "to": "+15550101009", "text": "Meet me at 17:46."}""")]
    [InlineData("SendSms", """{"v": "+15550101009 Meet me at 17:46."}""")]
    [InlineData("SendSms", """+15550101009 Meet me at 17:46.""")]
    [InlineData("FanOutJobHandler", "[]")]
    [InlineData("FanOutJobHandler", """{"broadcastId": "+15550101009 Meet me at 17:46."}""")]
    public async Task QueueTrigger_UnreadableMessage_FailsSoThatTheHostKeepsItAndLogsNoContent(string function, string message)
    {
        TriggerCalls.Refused(await app.DeliverAsync(function, message));

        LoggedWithout(["+15550101009"], "Meet me");
    }

    private static void Succeeded(IReadOnlyList<string> outcomes)
    {
        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, outcome => Assert.Equal(FunctionsHost.Success, outcome));
    }

    private async Task<IEnumerable<string>> StatusesAsync(string id)
    {
        var page = await app.SendAsync("GET", $"v1/broadcasts/{id}/recipients", null, HttpStatusCode.OK);
        return page["recipients"]!.AsArray().Select(recipient => (string)recipient!["status"]!).Order(StringComparer.Ordinal);
    }

    private void LoggedWithout(string[] numbers, string text)
    {
        var logged = app.AllThatTheHostMayLog;
        Assert.All(numbers, number => Assert.DoesNotContain(number[1..], logged, StringComparison.Ordinal));
        Assert.DoesNotContain(text, logged, StringComparison.Ordinal);
    }
}

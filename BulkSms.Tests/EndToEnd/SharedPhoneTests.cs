using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Two people on one phone, both of whom are sent a text of their own: each row goes its own way, and whatever stops the phone stops both.</summary>
public sealed class SharedPhoneTests
{
    private const string Phone = "+12015550101";
    private const string Other = "+12015550102";
    private static readonly string[] Both = ["Hi Ada", "Hi Eve"];

    [Fact]
    public async Task Send_EachText_IsSentOnceAndDelivered()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app);

        await app.CompletedAsync(id);

        Assert.Equal([.. Both, "Hi Jo"], app.Twilio.Messages.Select(message => message.Body).Order(StringComparer.Ordinal));
        var shown = await RecipientsAsync(app, id);
        Assert.Equal([Phone, Phone, Other], shown.OrderBy(each => each.Index).Select(each => each.To));
        Assert.Equal(3, shown.Select(each => each.Sid).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3, (await app.GetAsync(id)).Counts[RecipientStatus.Delivered]);
    }

    [Theory]
    [InlineData("2026-03-10T13:00:00Z", "1000")] // rows are there, and looked for by their keys
    [InlineData("2026-03-10T13:00:00Z", "0")] // no fan-out has been yet
    public async Task OptOut_WhileBothWait_StopsBoth(string sendAt, string inlineLimit)
    {
        await using var app = await VirtualApp.StartAsync([new("Broadcasts:InlineRecipientLimit", inlineLimit)]);
        var id = await PostAsync(app, sendAt);

        Assert.Equal(2, await app.Service<ApplyOptOuts>().InEveryBroadcastAsync([Phone], default));

        var rows = await Task.WhenAll(Enumerable.Range(0, 2).Select(copy => app.Service<RecipientTable>().ReadAsync(RecipientKey.Of(id, Phone, 1, copy), default)));
        Assert.All(rows, row => Assert.Equal(RecipientStatus.OptedOut, row!.Row.Status));
    }

    [Fact]
    public async Task OptOut_OfManyAtOnce_StopsBoth()
    {
        await using var app = await VirtualApp.StartAsync();
        await PostAsync(app, "2026-03-10T13:00:00Z");

        Assert.Equal(2, await app.Service<ApplyOptOuts>().InEveryBroadcastAsync([.. TestApp.Numbers(30), Phone], default)); // looked for among the rows that wait
    }

    [Fact]
    public async Task OptOut_BeforeItWasAccepted_LeavesBothOutAndListsThem()
    {
        await using var app = await VirtualApp.StartAsync();
        using var optOut = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = new[] { Phone } });

        var id = await PostAsync(app);

        Assert.Equal((1, 2), await app.GetAsync(id) is var view ? (view.RecipientsCount, view.OptedOut) : default);
        var skipped = await app.Http.GetFromJsonAsync($"/api/v1/broadcasts/{id}/skipped", ApiJson.Default.SkippedPage);
        Assert.Equal([0, 1, 3], skipped!.Skipped.Select(each => each.Index!.Value)); // the last is a duplicate of the first
    }

    [Fact]
    public async Task Cancel_WhileBothWait_CancelsBoth()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app, "2026-03-10T13:00:00Z");

        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null);
        await app.RunAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10), async () => (await app.GetAsync(id)).Status == "canceled");

        Assert.Equal(3, (await app.GetAsync(id)).Counts[RecipientStatus.Canceled]);
        Assert.Empty(app.Twilio.Messages);
    }

    [Theory]
    [InlineData(VirtualTwilio.Behaviour.TakeThenDrop)]
    [InlineData(VirtualTwilio.Behaviour.Drop)]
    public async Task Reconcile_BothAnswersWereLost_EachIsSentOnceInTheEnd(VirtualTwilio.Behaviour first)
    {
        await using var app = await VirtualApp.StartAsync();
        var calls = 0;
        app.Twilio.Next = _ => Interlocked.Increment(ref calls) <= 3 ? first : VirtualTwilio.Behaviour.Accept;
        var id = await PostAsync(app);

        await app.CompletedAsync(id);

        Assert.Equal([.. Both, "Hi Jo"], app.Twilio.Messages.Select(message => message.Body).Order(StringComparer.Ordinal));
        var shown = await RecipientsAsync(app, id);
        Assert.All(shown, each => Assert.Equal(each.Data!["name"], app.Twilio.Messages.Single(message => message.Sid == each.Sid).Body[3..])); // none is bound to the other's
    }

    [Fact]
    public async Task Reconcile_OneAnswerWasLostAndTheOtherHasItsMessage_TakesNeitherForTheOther()
    {
        await using var app = await VirtualApp.StartAsync();
        var calls = 0;
        app.Twilio.Next = _ => Interlocked.Increment(ref calls) == 1 ? VirtualTwilio.Behaviour.Drop : VirtualTwilio.Behaviour.Accept;
        var id = await PostAsync(app);

        await app.CompletedAsync(id);

        Assert.Equal([.. Both, "Hi Jo"], app.Twilio.Messages.Select(message => message.Body).Order(StringComparer.Ordinal));
        Assert.Equal(4, app.Twilio.Calls);
    }

    private static Task<string> PostAsync(VirtualApp app, string? sendAt = null)
    {
        var body = new Dictionary<string, object>
        {
            ["message"] = "Hi {{name}}",
            ["onDuplicate"] = "each",
            ["recipients"] = new[] { Person(Phone, "Ada"), Person(Phone, "Eve"), Person(Other, "Jo"), Person(Phone, "Ada") },
        };
        if (sendAt is not null)
        {
            body["sendAt"] = sendAt;
        }

        return app.BroadcastAsync(body);

        static object Person(string to, string name) => new { to, data = new { name } };
    }

    private static async Task<IReadOnlyList<RecipientView>> RecipientsAsync(VirtualApp app, string id) =>
        (await app.Http.GetFromJsonAsync($"/api/v1/broadcasts/{id}/recipients", ApiJson.Default.RecipientPage))!.Recipients;
}

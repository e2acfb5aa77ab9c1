using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using BulkSms.Api;
using BulkSms.Audit;
using BulkSms.Broadcasts;
using BulkSms.Http;
using BulkSms.Security;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Who did what: each action by its caller, once.</summary>
public sealed class AuditTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private static readonly KeyValuePair<string, string?>[] Named = [new("Callers:shop:KeyHashes", Callers.HashOf(TestApp.Key))];

    /// <summary>For each action the request, and its object's kind.</summary>
    private static readonly Dictionary<string, (Func<TestApp, string, Task<HttpResponseMessage>> Ask, string Kind, string Outcome)> Actions = new(StringComparer.Ordinal)
    {
        ["createBroadcast"] = (async (app, _) => await app.PostAsync("Hello", Ada), "broadcast", "done"),
        ["testBroadcast"] = (async (app, _) => await app.PostJsonAsync($$"""{"message": "Hi", "recipients": ["+15551230002"], "testTo": "{{Ada}}"}""", "/api/v1/broadcasts/test"), "broadcast", "done"),
        ["pauseBroadcast"] = (Of("pause"), "broadcast", "done"),
        ["resumeBroadcast"] = (Of("resume"), "broadcast", "done"),
        ["cancelBroadcast"] = (Of("cancel"), "broadcast", "done"),
        ["deleteBroadcast"] = (async (app, id) => await app.Http.DeleteAsync($"/api/v1/broadcasts/{id}"), "broadcast", "refused"),
        ["suspendSending"] = (async (app, _) => await app.Http.PostAsync("/api/v1/sending/suspend", null), "sending", "done"),
        ["resumeSending"] = (async (app, _) => await app.Http.PostAsync("/api/v1/sending/resume", null), "sending", "done"),
        ["replayPoison"] = (async (app, id) => await app.Http.PostAsJsonAsync("/api/v1/poison/replay", new { broadcastId = id }), "poisonMessages", "done"),
        ["addOptOuts"] = (async (app, _) => await app.OptOutAsync(Ada), "phone", "done"),
        ["removeOptOut"] = (async (app, _) => await app.RemoveOptOutAsync(Ada), "phone", "done"),
        ["exportPerson"] = (async (app, _) => await app.Http.PostAsJsonAsync("/api/v1/people/export", new { phone = Ada }), "phone", "done"),
        ["erasePerson"] = (async (app, _) => await app.Http.PostAsJsonAsync("/api/v1/people/erase", new { phone = Ada, keepOptOut = false }), "phone", "done"),
        ["decideOptOutReview"] = (async (app, _) => await app.Http.PostAsJsonAsync("/api/v1/optouts/review", new { phone = Ada, decision = "dismiss" }), "phone", "refused"),
        ["importPrices"] = (async (app, _) => await app.Http.PostAsJsonAsync("/api/v1/prices/import", new { countries = new[] { "US" } }), "prices", "done"),
        ["putEventEndpoint"] = (async (app, _) => await EventSettings.PutAsync(app.Http, "crm", "https://192.0.2.10/hooks?key=x", "broadcast.completed"), "eventEndpoint", "done"),
        ["deleteEventEndpoint"] = (async (app, _) => await app.Http.DeleteAsync("/api/v1/event-endpoints/crm"), "eventEndpoint", "done"),
        ["rotateEventSecret"] = (async (app, _) => await app.Http.PostAsync("/api/v1/event-endpoints/crm/rotate", null), "eventEndpoint", "refused"),
        ["testEventEndpoint"] = (async (app, _) => await app.Http.PostAsync("/api/v1/event-endpoints/crm/test", null), "eventEndpoint", "refused"),
        ["replayEventDeliveries"] = (async (app, _) => await app.Http.PostAsJsonAsync("/api/v1/event-endpoints/crm/deliveries/replay", new { status = "failed" }), "eventEndpoint", "refused"),
    };

    public static TheoryData<string> Names => [.. Actions.Keys];

    /// <summary>Tried in <see cref="ApprovalTests"/>: without tokens there are no roles.</summary>
    private static readonly string[] Decisions = [AuditAction.ApproveBroadcast.Name, AuditAction.RejectBroadcast.Name];

    [Fact]
    public void Actions_All_AreTriedHere() => Assert.Equal(
        typeof(AuditAction).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((AuditAction)field.GetValue(null)!).Name).Order(StringComparer.Ordinal), Actions.Keys.Concat(Decisions).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Action_ByANamedCaller_LeavesOneEntry(string action)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. Named, .. EventSettings.Usual], pumping: false);
        var id = (await app.BroadcastAsync("Hello before", "+15551230003")).BroadcastId;
        var (ask, kind, outcome) = Actions[action];

        using var answer = await ask(app, id);

        var entries = (await ListAsync(app)).Entries;
        Assert.Equal(2, entries.Count);
        Assert.Equal((id, "createBroadcast"), (entries[1].Id, entries[1].Action));
        var entry = entries[0];
        Assert.Equal(("shop", "key", action, kind, outcome), (entry.Actor, entry.ActorType, entry.Action, entry.Target.Kind, entry.Outcome));
        Assert.Equal(answer.Headers.GetValues("x-request-id").Single(), entry.RequestId);
        Assert.Equal(kind is "broadcast" or "poisonMessages", entry.BroadcastId is not null);
        if (entry.BroadcastId == id)
        {
            Assert.Equal(new[] { entry.Id, id }, (await ListAsync(app, $"broadcastId={id}")).Entries.Select(each => each.Id));
        }

        await HoldsNoSecretAsync(app);
    }

    [Fact]
    public async Task Action_ByATokensOwner_IsItsSubjects()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. issuer.Settings, .. Named], pumping: false);
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(CallerRoles.Send, CallerRoles.Read, CallerRoles.Manage));

        await app.BroadcastAsync("Hello", Ada);
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);

        Assert.All((await ListAsync(app)).Entries, entry => Assert.Equal(("caller-1", "token"), (entry.Actor, entry.ActorType)));
    }

    [Fact]
    public async Task Broadcast_RepeatedUnderItsKey_IsOneEntry()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Named, pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");

        using var first = await app.PostAsync("Hello", Ada);
        using var repeat = await app.PostAsync("Hello", Ada);

        Assert.Equal(first.Headers.GetValues("x-request-id").Single(), Assert.Single((await ListAsync(app)).Entries).RequestId);
    }

    [Fact]
    public async Task List_InPages_HasEachOnceNewestFirst()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Named, pumping: false);
        var done = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var id = (await app.BroadcastAsync($"Hello {i}", Ada)).BroadcastId;
            using var paused = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null);
            done.InsertRange(0, ["pauseBroadcast", "createBroadcast"]);
        }

        var (listed, next) = (new List<AuditView>(), (string?)"");
        while (next is not null)
        {
            var page = await ListAsync(app, $"limit=2&cursor={next}");
            Assert.InRange(page.Entries.Count, 0, 2);
            listed.AddRange(page.Entries);
            next = page.Next;
        }

        Assert.Equal(done, listed.Select(entry => entry.Action));
        Assert.Equal(6, listed.Select(entry => entry.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task List_OfAnActor_HasThatActorsOnly()
    {
        var storage = memory.NewAccount();
        await using var shop = await TestApp.StartAsync(storage, Named, pumping: false);
        await using var other = await TestApp.StartAsync(storage, pumping: false, twilio: shop.Twilio);
        await shop.BroadcastAsync("Hello", Ada);
        await other.BroadcastAsync("Hello to you", Ada);
        using var suspended = await other.Http.PostAsync("/api/v1/sending/suspend", null);

        Assert.Equal(["createBroadcast"], (await ListAsync(shop, "actor=SHOP")).Entries.Select(entry => entry.Action));
        Assert.Equal(["suspendSending", "createBroadcast"], (await ListAsync(shop, "actor=key")).Entries.Select(entry => entry.Action));
        Assert.Empty((await ListAsync(shop, "actor=another")).Entries);
    }

    [Theory]
    [InlineData("broadcastId=x", "broadcastId")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("limit=0", "limit")]
    [InlineData("user=shop", "user")]
    public async Task List_BadParameter_IsNamed(string query, string at)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var answer = await app.Http.GetAsync($"/api/v1/audit?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(at, out _));
    }

    [Fact]
    public async Task OptOuts_Imported_AreCountedAndNotNamed()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Named, pumping: false);

        using var added = await app.OptOutAsync([.. TestApp.Numbers(150)]);
        using var one = await app.OptOutAsync(Ada);

        var entries = (await ListAsync(app)).Entries;
        Assert.Equal(("phone", "+1555•••0001", null, "source: api"), (entries[0].Target.Kind, entries[0].Target.Id, entries[0].Target.Count, entries[0].Detail));
        Assert.Equal(("phones", null, 150), (entries[1].Target.Kind, entries[1].Target.Id, entries[1].Target.Count));
        await HoldsNoSecretAsync(app);
    }

    [Fact]
    public async Task Reason_OfASuspensionAndAPause_IsShownAndRecordedWithItsNumbersMasked()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Named, pumping: false);
        var id = (await app.BroadcastAsync("Hello", Ada)).BroadcastId;

        using var suspended = await app.Http.PostAsJsonAsync("/api/v1/sending/suspend", new { reason = $"  {Ada}\n complains, case 20301 " });
        using var paused = await app.Http.PostAsJsonAsync($"/api/v1/broadcasts/{id}/pause", new { reason = "wrong day" });

        const string Reason = "+1555•••0001 complains, case 20301";
        Assert.Equal((0, Reason), await Http(app) is var sending ? (sending.Code, sending.Reason) : default);
        Assert.Equal(("paused", "wrong day", null), await app.GetAsync(id) is var view ? (view.Status, view.PauseReason, view.PausedBecause) : default);
        Assert.Equal(["wrong day", Reason, null], (await ListAsync(app)).Entries.Select(entry => entry.Reason));
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/resume", null);
        Assert.Null((await app.GetAsync(id)).PauseReason);
        await HoldsNoSecretAsync(app);

        static async Task<SendingView> Http(TestApp app) => (await app.GetJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!;
    }

    public static TheoryData<string, string, int, string> BadReasons => new()
    {
        { """{"reason": 5}""", "application/json", 400, "$.reason" },
        { "{\"reason\": \"" + new string('x', 201) + "\"}", "application/json", 400, "at most 200" },
        { """{"because": "x"}""", "application/json", 400, "nothing but reason" },
        { "[]", "application/json", 400, "must be an object" },
        { "{", "application/json", 400, "malformed-json" },
        { "x", "text/plain", 415, "application/json" },
    };

    [Theory]
    [MemberData(nameof(BadReasons))]
    public async Task Reason_ThatCannotBeRead_IsNamedAndNothingIsDone(string body, string type, int status, string told)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var answer = await app.Http.PostAsync("/api/v1/sending/suspend", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(type)));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(told, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("running", (await app.GetJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!.Status);
        Assert.Empty((await ListAsync(app)).Entries);
    }

    [Fact]
    public async Task Suspension_Twice_KeepsTheFirstReason()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var first = await app.Http.PostAsJsonAsync("/api/v1/sending/suspend", new { reason = "first" });
        using var second = await app.Http.PostAsJsonAsync("/api/v1/sending/suspend", new { reason = "second" });

        Assert.Equal("first", (await second.Content.ReadFromJsonAsync(ApiJson.Default.SendingView))!.Reason);
        Assert.Equal(["second", "first"], (await ListAsync(app)).Entries.Select(entry => entry.Reason));
    }

    private static Func<TestApp, string, Task<HttpResponseMessage>> Of(string verb) => async (app, id) => await app.Http.PostAsync($"/api/v1/broadcasts/{id}/{verb}", null);

    private static async Task<AuditPage> ListAsync(TestApp app, string query = "") => (await app.GetJsonAsync($"/{Routes.Prefix}/{Routes.Audit}?{query}", ApiJson.Default.AuditPage))!;

    // Neither in the table, nor in what is shown, nor in the log: no key, its hash included, and no whole number.
    private static async Task HoldsNoSecretAsync(TestApp app)
    {
        var rows = await app.Table(TableNames.AuditLog).QueryAsync<Azure.Data.Tables.TableEntity>().ToListAsync();
        var all = string.Join('\n', rows.SelectMany(row => row.Select(column => $"{column.Value}")).Append(app.Logs.Text).Append(await app.Http.GetStringAsync($"/{Routes.Prefix}/{Routes.Audit}")));
        Assert.DoesNotContain(TestApp.Key, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Callers.HashOf(TestApp.Key), all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Ada[1..], all, StringComparison.Ordinal);
        Assert.DoesNotContain("15550000", all, StringComparison.Ordinal);
    }
}

using System.Net;
using BulkSms.FunctionsHostSimulator;
using BulkSms.OptOuts;
using BulkSms.Storage;

namespace BulkSms.Functions.Tests.Worker;

/// <summary>For each trigger, by its name, an invocation by the host and what must come back.</summary>
public static class TriggerCalls
{
    private const string Phone = "+15550102001";
    private const string Asked = """{"message": "The clinic is closed today.", "recipients": ["+15550102002"]}""";
    private const string Unreadable = "no JSON";

    public static IReadOnlyDictionary<string, Func<WorkerApp, string, Task>> All { get; } = new Dictionary<string, Func<WorkerApp, string, Task>>(StringComparer.Ordinal)
    {
        ["CreateBroadcast"] = Http("POST", "v1/broadcasts", """{"message": "", "recipients": []}""", HttpStatusCode.BadRequest, "$.recipients"), // accepted: WorkerTests
        ["PreviewBroadcast"] = Http("POST", "v1/broadcasts/preview", Asked, contains: "GSM-7"),
        ["TestBroadcast"] = Http("POST", "v1/broadcasts/test", Asked, HttpStatusCode.BadRequest, "$.testTo"),
        ["ListBroadcasts"] = Http("GET", "v1/broadcasts", contains: "broadcasts"),
        ["GetBroadcast"] = OfBroadcast("GET", "", contains: "scheduled"),
        ["DeleteBroadcast"] = OfBroadcast("DELETE", "", HttpStatusCode.Conflict, "not completed"),
        ["ListBroadcastRecipients"] = OfBroadcast("GET", "/recipients", contains: "recipients"),
        ["LookUpBroadcastRecipient"] = OfBroadcast("POST", "/recipients/lookup", $$"""{"to": "{{Phone}}"}""", contains: Phone),
        ["DownloadBroadcastResults"] = OfBroadcast("GET", "/results.csv", contains: "status"),
        ["ListSkippedEntries"] = OfBroadcast("GET", "/skipped", contains: "skipped"),
        ["DownloadSkippedEntries"] = OfBroadcast("GET", "/skipped.csv", contains: "reason"),
        ["PauseBroadcast"] = OfBroadcast("POST", "/pause", contains: "paused"),
        ["ResumeBroadcast"] = OfBroadcast("POST", "/resume", contains: "scheduled"),
        ["CancelBroadcast"] = OfBroadcast("POST", "/cancel", contains: "cancel"),
        ["ApproveBroadcast"] = OfBroadcast("POST", "/approve", HttpStatusCode.Forbidden, "token"), // no tokens, no roles
        ["RejectBroadcast"] = OfBroadcast("POST", "/reject", HttpStatusCode.Forbidden, "token"),
        ["GetSending"] = Http("GET", "v1/sending", contains: "running"),
        ["SuspendSending"] = SuspendAsync,
        ["ResumeSending"] = Http("POST", "v1/sending/resume", contains: "running"),
        ["ListPoison"] = Http("GET", "v1/poison", contains: "messages"),
        ["ReplayPoison"] = OfBroadcast("POST", "v1/poison/replay", """{"broadcastId": "{id}"}""", contains: "replayed"),
        ["ListOptOuts"] = Http("GET", "v1/optouts", contains: "optOuts"),
        ["AddOptOuts"] = Http("POST", "v1/optouts", """{"phones": ["+15550102003"]}""", contains: "\"added\":1"),
        ["LookUpOptOut"] = Http("POST", "v1/optouts/lookup", """{"phone": "+15550102004"}""", HttpStatusCode.NotFound, "not-found"),
        ["RemoveOptOut"] = RemoveAsync,
        ["ExportOptOuts"] = Http("GET", "v1/optouts/export", contains: "phone"),
        ["ListOptOutReview"] = Http("GET", "v1/optouts/review", contains: "next"),
        ["DecideOptOutReview"] = Http("POST", "v1/optouts/review", """{"phone": "+15550102005", "decision": "optOut"}""", HttpStatusCode.NotFound, "not-found"),
        ["ListReplies"] = Http("GET", "v1/replies", contains: "replies"),
        ["ListAudit"] = Http("GET", "v1/audit", contains: "entries"),
        ["ListEventEndpoints"] = Http("GET", "v1/event-endpoints", contains: "endpoints"),
        ["GetEventEndpoint"] = Http("GET", "v1/event-endpoints/crm", status: HttpStatusCode.NotFound, contains: "not-found"),
        ["PutEventEndpoint"] = Http("PUT", "v1/event-endpoints/crm", """{"url": "https://127.0.0.1/", "types": ["broadcast.completed"]}""", HttpStatusCode.BadRequest, "$.url"),
        ["DeleteEventEndpoint"] = Http("DELETE", "v1/event-endpoints/crm", status: HttpStatusCode.NoContent),
        ["RotateEventSecret"] = Http("POST", "v1/event-endpoints/crm/rotate", status: HttpStatusCode.NotFound, contains: "not-found"),
        ["TestEventEndpoint"] = Http("POST", "v1/event-endpoints/crm/test", status: HttpStatusCode.NotFound, contains: "not-found"),
        ["ListEventDeliveries"] = Http("GET", "v1/event-endpoints/crm/deliveries", status: HttpStatusCode.NotFound, contains: "not-found"),
        ["ReplayEventDeliveries"] = Http("POST", "v1/event-endpoints/crm/deliveries/replay", """{"status": "failed"}""", HttpStatusCode.NotFound, "not-found"),
        ["ExportPerson"] = Http("POST", "v1/people/export", """{"phone": "+15550102008"}""", HttpStatusCode.Accepted, "\"status\":\"queued\""),
        ["ErasePerson"] = Http("POST", "v1/people/erase", """{"phone": "+15550102008"}""", HttpStatusCode.Conflict, "keepOptOut"), // it has no key
        ["GetPersonJob"] = Http("GET", $"v1/people/jobs/{new string('0', 32)}", null, HttpStatusCode.NotFound, "not-found"),
        ["DownloadPersonResult"] = Http("GET", $"v1/people/jobs/{new string('0', 32)}/result", null, HttpStatusCode.NotFound, "not-found"),
        ["ListProfiles"] = Http("GET", "v1/profiles", contains: "\"profile\":\"default\""),
        ["GetDoctor"] = Http("GET", "v1/doctor", contains: "\"id\":\"credentials\",\"status\":\"ok\""),
        ["GetPrices"] = Http("GET", "v1/prices", contains: "\"source\""),
        ["ImportPrices"] = Http("POST", "v1/prices/import", """{"countries": ["US"]}""", contains: "\"imported\""),
        ["HealthLive"] = Http("GET", "health", contains: "live"),
        ["HealthReady"] = Http("GET", "health/ready", contains: "tables"),
        ["CallFromConsole"] = Http("GET", "console/api/v1/sending", null, HttpStatusCode.NotFound, "not-found"), // without Auth; with it: ConsoleCallTests
        ["Console"] = Http("GET", "console/", contains: "<title>BulkSms</title>"),
        ["GetOpenApi"] = Http("GET", "openapi.json", contains: "\"openapi\": \"3.1.0\""),
        ["ZUnknownRoute"] = UnknownAsync,
        ["StatusWebhook"] = Http("POST", "webhooks/status", "MessageSid=SM1", HttpStatusCode.Forbidden), // signed: WorkerTests
        ["ClickWebhook"] = Http("POST", "webhooks/clicks", "event_type=click", HttpStatusCode.Forbidden),
        ["OptOutWebhook"] = StopAsync,
        ["SendSms"] = RefusedAsync, // it sends in WorkerTests
        ["SendSmsHigh"] = RefusedAsync,
        ["FanOutJobHandler"] = RefusedAsync, // it fans out in WorkerTests
        ["DeliverEvent"] = RefusedAsync, // it delivers in BulkSms.Tests
        ["FilePoisonedEvent"] = Filed(QueueNames.EventsPoison),
        ["FilePoisonedSms"] = Filed(QueueNames.OutboundPoison),
        ["FilePoisonedHighSms"] = Filed(QueueNames.OutboundHighPoison),
        ["FilePoisonedExpand"] = Filed(QueueNames.ExpandPoison),
        ["Sweep"] = async (app, name) => Assert.Equal(FunctionsHost.Success, await app.TickAsync(name)),
    };

    /// <summary>The trigger has read the message and refused it: the host repeats it, and then puts it into the poison queue.</summary>
    public static void Refused(string outcome)
    {
        Assert.StartsWith(FunctionsHost.Failure, outcome, StringComparison.Ordinal);
        Assert.DoesNotContain("converting", outcome, StringComparison.Ordinal); // then the message did not even come to the trigger
    }

    private static Func<WorkerApp, string, Task> Http(
        string method, string path, string? body = null, HttpStatusCode status = HttpStatusCode.OK, string contains = "") =>
        (app, name) => AnswersAsync(app, name, method, path, body, status, contains);

    private static Func<WorkerApp, string, Task> OfBroadcast(
        string method, string path, string? body = null, HttpStatusCode status = HttpStatusCode.OK, string contains = "") => async (app, name) =>
    {
        var id = await app.BroadcastAsync("The clinic is closed tomorrow.", [Phone], TimeProvider.System.GetUtcNow().AddDays(1));
        var whole = path.StartsWith('v') ? path : $"v1/broadcasts/{id}{path}";
        await AnswersAsync(app, name, method, whole, body?.Replace("{id}", id, StringComparison.Ordinal), status, contains);
    };

    private static Func<WorkerApp, string, Task> OfBroadcast(string method, string path, HttpStatusCode status, string contains) =>
        OfBroadcast(method, path, null, status, contains);

    private static async Task RefusedAsync(WorkerApp app, string name) => Refused(await app.DeliverAsync(name, Unreadable));

    private static Func<WorkerApp, string, Task> Filed(string queue) => async (app, name) =>
    {
        Assert.Equal(FunctionsHost.Success, await app.DeliverAsync(name, Unreadable));
        var kept = await app.SendAsync("GET", "v1/poison", null, HttpStatusCode.OK);
        Assert.Contains(kept["messages"]!.AsArray(), message => (string)message!["queue"]! == queue);
    };

    private static async Task SuspendAsync(WorkerApp app, string name)
    {
        await AnswersAsync(app, name, "POST", "v1/sending/suspend", null, HttpStatusCode.OK, "operator");
        await AnswersAsync(app, "ResumeSending", "POST", "v1/sending/resume", null, HttpStatusCode.OK, "running");
    }

    private static async Task UnknownAsync(WorkerApp app, string name)
    {
        await AnswersAsync(app, name, "GET", "v1/nowhere", null, HttpStatusCode.NotFound, "openapi.json");
        await AnswersAsync(app, name, "PUT", "v1/sending", null, HttpStatusCode.MethodNotAllowed, "It takes GET, HEAD, OPTIONS.");
        await AnswersAsync(app, name, "OPTIONS", "v1/broadcasts", null, HttpStatusCode.NoContent, "");
        await AnswersAsync(app, "GetSending", "HEAD", "v1/sending", null, HttpStatusCode.OK, "");
    }

    private static async Task RemoveAsync(WorkerApp app, string name)
    {
        const string body = """{"phone": "+15550102006"}""";
        await app.SendAsync("POST", "v1/optouts", """{"phones": ["+15550102006"]}""", HttpStatusCode.OK);
        await AnswersAsync(app, name, "POST", "v1/optouts/remove", body, HttpStatusCode.NoContent, "");
        await AnswersAsync(app, "LookUpOptOut", "POST", "v1/optouts/lookup", body, HttpStatusCode.NotFound, "not-found");
    }

    private static async Task StopAsync(WorkerApp app, string _)
    {
        Assert.Equal(200, await app.Twilio.SendInboundAsync(new(OptOutWebhook.UrlAt(app.Http.BaseAddress!)), "+15550102007", "STOP"));
        await AnswersAsync(app, "LookUpOptOut", "POST", "v1/optouts/lookup", """{"phone": "+15550102007"}""", HttpStatusCode.OK, "text");
    }

    private static async Task AnswersAsync(WorkerApp app, string function, string method, string path, string? body, HttpStatusCode status, string contains)
    {
        using var answer = await app.SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Contains(contains, text, StringComparison.Ordinal);
        Assert.Equal((function, FunctionsHost.Success), (Header(answer, FunctionsHost.FunctionHeader), Header(answer, FunctionsHost.OutcomeHeader)));
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}

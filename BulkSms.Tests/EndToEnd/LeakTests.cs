using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using BulkSms.Common;
using BulkSms.LocalHost;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace BulkSms.Tests.EndToEnd;

/// <summary>No full phone number, no message text and no secret in a log, a trace, a metric or a problem document.</summary>
public sealed class LeakTests(MemoryFixture memory)
{
    private const string Canary = "CANARY-TEXT-4711";

    // Of this test alone: traces of other apps in this process are seen too.
    private static readonly string[] Numbers = TestApp.Numbers(12, from: 9_471_100);

    [Fact]
    public async Task Everything_OfEveryOutcome_ShowsNeitherNumbersNorTextsNorSecrets()
    {
        var traces = new ConcurrentQueue<string>();
        await using var twilio = await TwilioServer.StartAsync(new TwilioSimulatorOptions { AuthToken = "5ec4e7000000000000000000000070ce" });
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(),
            [new("Sending:MaxAttempts", "2"), new(LocalHostApp.TelemetrySetting, "true")],
            twilio: twilio,
            configure: builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new Written(traces))));
        using var metrics = new Gauges(app.Service<IMeterFactory>());
        Misbehave(app.Twilio);

        var accepted = await app.BroadcastAsync(Canary, Numbers[..10]);
        await app.RowAsync(accepted.BroadcastId, Numbers[5], row => row.Code == 20005); // that suspends all sending
        using var resumed = await app.Http.PostAsync("/api/v1/sending/resume", null);
        await app.GetAsync(accepted.BroadcastId, view => view is { Status: "completed", Progress.Poisoned: 3 });
        var problems = await BeRefusedAsync(app);
        await SpeakOfOneNumberAsync(app);
        await app.Service<QueueGauges>().MeasureAsync(default);
        metrics.Read("bulksms.gate.rate");

        foreach (var (where, text) in new[] { ("logs", app.Logs.Text), ("traces", string.Join('\n', traces)), ("metrics", metrics.Text), ("problems", problems) })
        {
            Assert.NotEmpty(text);
            Assert.All([.. Numbers.Select(number => number[1..]), Canary, app.Twilio.Options.AuthToken, TestApp.Key], secret => Assert.True(
                !text.Contains(secret, StringComparison.Ordinal), $"{secret} is in the {where}:\n{text.Split('\n').FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal))}"));
        }

        Assert.Contains("{phone}", string.Join('\n', traces), StringComparison.Ordinal); // they would have been there
        Assert.Equal(1, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.OptedOut]);
    }

    private static void Misbehave(TwilioServer twilio)
    {
        twilio.Recipients[Numbers[0]] = new RecipientBehaviour { RejectCode = 21614 };
        twilio.Recipients[Numbers[1]] = new RecipientBehaviour { RejectCode = 31999 };
        twilio.OptOut(Numbers[2]);
        twilio.Faults.FailFor(Numbers[3], 5, Fault.Reject(400, 21617));
        twilio.Faults.FailFor(Numbers[4], 1, Fault.ProcessThenDrop);
        twilio.Faults.FailFor(Numbers[5], 1, Fault.AccountSuspended);
        twilio.Faults.FailFor(Numbers[6], 1, Fault.TruncatedReply);
        twilio.Faults.FailFor(Numbers[7], 1, Fault.Refuse429);
    }

    // The answers to what is not accepted: bad numbers, bad JSON, a bad file, a forged webhook, a wrong number in an address.
    private static async Task<string> BeRefusedAsync(TestApp app)
    {
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"/api/webhooks/status?code={TestApp.Key}");
        forged.Content = new StringContent($"To={Numbers[0]}", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        HttpResponseMessage[] refused =
        [
            await app.PostJsonAsync($$"""{"message": "{{Canary}}", "recipients": ["{{Numbers[0]}}9999999999"]}"""),
            await app.PostJsonAsync($$"""{"message": "{{Canary}}", "recipients": ["{{Numbers[0]}}"}"""),
            await app.PostJsonAsync($$$"""{"message": "{{name}} {{{Canary}}}", "recipients": [{"to": "{{{Numbers[0]}}}", "data": {}}]}"""),
            await Uploads.PostAsync(app, Uploads.Csv, $"to\n{Numbers[1]}x\n", ("message", Canary)),
            await app.Http.SendAsync(forged),
            await app.Http.GetAsync($"/api/v1/optouts/{Uri.EscapeDataString(Numbers[2])}"), // no route of ours
            await app.PostJsonAsync($$"""{"phone": "{{Numbers[2]}}99999999"}""", "/api/v1/optouts/lookup"),
        ];
        var text = new StringBuilder();
        foreach (var response in refused)
        {
            Assert.InRange((int)response.StatusCode, 400, 499);
            text.AppendLine(await response.Content.ReadAsStringAsync());
            response.Dispose();
        }

        return text.ToString();
    }

    private static async Task SpeakOfOneNumberAsync(TestApp app)
    {
        using var added = await app.OptOutAsync(Numbers[10]);
        using var shown = await app.PostJsonAsync($$"""{"phone": "{{Numbers[10]}}"}""", "/api/v1/optouts/lookup");
        using var removed = await app.PostJsonAsync($$"""{"phone": "{{Numbers[10]}}"}""", $"/api/v1/optouts/remove?code={TestApp.Key}");
        await app.Twilio.SendInboundAsync(new Uri(app.Url, "/api/webhooks/optout"), Numbers[11], $"STOP {Canary}");
    }

    // Writes down each span as exporters get it: after the processors that the app itself has added.
    private sealed class Written(ConcurrentQueue<string> spans) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => spans.Enqueue($"{data.DisplayName} {data.StatusDescription} {string.Join(' ', data.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}");
    }
}

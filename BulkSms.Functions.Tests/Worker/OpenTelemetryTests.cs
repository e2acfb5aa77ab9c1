using System.Net;
using System.Text;
using BulkSms.FunctionsHostSimulator;
using BulkSms.Storage;

namespace BulkSms.Functions.Tests.Worker;

/// <summary>The worker with <c>telemetryMode</c> OpenTelemetry in the host's settings, which is no default, and a listener for OTLP. What the Functions host itself tells is not seen here.</summary>
public sealed class OpenTelemetryTests : IAsyncLifetime
{
    private const string Key = "a-function-key-that-no-log-may-have";
    private const string Phone = "+15550103001";
    private const string Text = "The pharmacy closes at 18:30.";
    private const string RequestTrace = "0af7651916cd43dd8448eb211c80319c";
    private const string QueueTrace = "1bf7651916cd43dd8448eb211c80319d";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private OtlpListener listener = null!;
    private WorkerApp app = null!;

    public async ValueTask InitializeAsync()
    {
        listener = await OtlpListener.StartAsync();
        app = new()
        {
            More = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["AzureFunctionsJobHost:telemetryMode"] = "OpenTelemetry",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = listener.Url.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                ["Telemetry:MessageShare"] = "1",
            },
        };
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task Broadcast_TellsOneTraceItsLogsOnceAndNothingSecret()
    {
        app.TraceParent = $"00-{RequestTrace}-b7ad6b7169203331-01";
        var id = await app.BroadcastAsync(Text, [Phone]);
        await app.SendAsync("GET", $"v1/broadcasts?limit=1&code={Key}&phone=%2B{Phone[1..]}", null, HttpStatusCode.BadRequest);
        await app.SendAsync("GET", $"v1/broadcasts?limit=1&code={Key}", null, HttpStatusCode.OK);
        app.TraceParent = $"00-{QueueTrace}-b7ad6b7169203332-01";
        Assert.All(await app.DeliverAllAsync(QueueNames.Outbound, "SendSms"), outcome => Assert.Equal(FunctionsHost.Success, outcome));
        await app.Twilio.WhenIdleAsync(TestContext.Current.CancellationToken);

        var sent = await SeenAsync(() => listener.Spans.FirstOrDefault(span => span.Text.Contains("/Messages.json", StringComparison.Ordinal)));
        await SeenAsync(() => listener.Metrics.FirstOrDefault(name => name == "bulksms.messages"));
        await SeenAsync(() => listener.Logs.FirstOrDefault(line => line.Contains($"Broadcast {id} accepted", StringComparison.Ordinal)));
        await SeenAsync(() => listener.Spans.FirstOrDefault(span => span.TraceId == RequestTrace && span.Links.Contains(QueueTrace))); // the queue's invocation is linked; it ends, and is told, after its call
        await SeenAsync(() => listener.Spans.FirstOrDefault(span => span.TraceId == QueueTrace));
        await SeenAsync(() => listener.Text.Contains("code=Redacted", StringComparison.Ordinal) ? "" : null); // so the requests with a key are among what came

        Assert.Equal(RequestTrace, sent.TraceId); // of the request that made the broadcast, as the host had begun it
        Assert.Single(listener.Logs, line => line.Contains($"Broadcast {id} accepted", StringComparison.Ordinal));
        Assert.DoesNotContain(listener.Logs, line => line.Contains(", attempt ", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal)); // host.json: SendSms from warnings on
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{app.Twilio.Options.AccountSid}:{app.Twilio.Options.AuthToken}"));
        Assert.All([Key, Phone[1..], Text, credentials], secret => Assert.DoesNotContain(secret, listener.Text, StringComparison.Ordinal));
    }

    private static async Task<T> SeenAsync<T>(Func<T?> find)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (find() is null)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        return find()!;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.LocalHost;
using BulkSms.Queues;
using BulkSms.SendingControl;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace BulkSms.Tests.EndToEnd;

public sealed class TelemetryTests(MemoryFixture memory)
{
    private static readonly KeyValuePair<string, string?> On = new(LocalHostApp.TelemetrySetting, "true");

    [Theory]
    [InlineData("1000")] // fanned out within the request
    [InlineData("0")] // by the queue
    public async Task Broadcast_FromItsRequestToTheCallbacks_IsOneConnectedTrace(string inlineLimit)
    {
        var spans = new Spans();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [On, new("Broadcasts:InlineRecipientLimit", inlineLimit)], configure: spans.Export);

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(2));
        await app.CompletedAsync(accepted.BroadcastId);
        await app.Twilio.WhenIdleAsync();

        var accept = await spans.FindAsync(span => span.OperationName == "accept broadcast" && span.GetTagItem("bulksms.broadcast.id") as string == accepted.BroadcastId);
        await Eventually.TrueAsync(() => spans.Of(accept.TraceId).Count(span => span.OperationName == "status callback") >= 2);
        var trace = spans.Of(accept.TraceId);
        Assert.Equal(2, trace.Count(span => span.OperationName == "send sms" && span.ParentSpanId == accept.SpanId));
        Assert.Equal(2, trace.Count(span => span.Source.Name == "System.Net.Http" && span.Parent?.OperationName == "send sms"));
        Assert.All(trace.Where(span => span.OperationName == "status callback"), span =>
            Assert.Contains(trace, parent => parent.OperationName == "send sms" && parent.SpanId == span.ParentSpanId));
        Assert.DoesNotContain(trace, span => span.GetTagItem("url.path") is string path && path.StartsWith("/2010-04-01", StringComparison.Ordinal)); // Twilio is told nothing of it
        var root = Assert.Single(trace, span => trace.All(other => other.SpanId != span.ParentSpanId));
        Assert.Equal(ActivityKind.Client, root.Kind); // this test's own request
    }

    [Fact]
    public async Task Metrics_OfABroadcast_CountWhatHappened()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var metrics = new Gauges(app.Service<IMeterFactory>());
        app.Twilio.Recipients["+15550000001"] = new RecipientBehaviour { RejectCode = 21614 };
        app.Twilio.Recipients["+15550000002"] = new RecipientBehaviour { FinalStatus = "undelivered", ErrorCode = 30005 };
        app.Twilio.Faults.FailNext(1, Fault.Refuse503);

        var accepted = await app.BroadcastAsync(new string('a', 200), [.. TestApp.Numbers(5), "+447400123456"]); // two segments each
        await app.GetAsync(accepted.BroadcastId, view => view is { Status: "completed", Progress.Poisoned: 1 });
        await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                return metrics.Count("bulksms.broadcast.duration");
            },
            count => count == 1);

        Assert.Equal(1, metrics.Sum("bulksms.broadcasts.accepted"));
        Assert.Equal(4, metrics.Sum("bulksms.messages", ("outcome", "accepted"), ("code", 0), ("country", "+1")));
        Assert.Equal(1, metrics.Sum("bulksms.messages", ("outcome", "accepted"), ("code", 0), ("country", "GB")));
        Assert.Equal(1, metrics.Sum("bulksms.messages", ("outcome", "rejected"), ("code", 21614), ("country", "+1")));
        Assert.Equal(1, metrics.Sum("bulksms.messages", ("outcome", "retry"), ("code", 20503)));
        Assert.Equal(4, metrics.Sum("bulksms.messages", ("outcome", "delivered"), ("code", 0)));
        Assert.Equal(1, metrics.Sum("bulksms.messages", ("outcome", "undelivered"), ("code", 30005)));
        Assert.Equal(10, metrics.Sum("bulksms.segments"));
        Assert.Equal(7, metrics.Count("bulksms.send.duration"));
        Assert.Equal(7, metrics.Count("bulksms.gate.wait"));
    }

    [Fact]
    public async Task Metrics_OfTheQueues_AreMeasuredByTheInstanceThatSweeps()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var metrics = new Gauges(app.Service<IMeterFactory>());
        await app.BroadcastAsync("Hello", TestApp.Numbers(3));

        await app.Service<QueueGauges>().MeasureAsync(default);

        Assert.Equal(3, metrics.Read("bulksms.queue.depth", ("queue", "sms-outbound")));
        Assert.Equal(0, metrics.Read("bulksms.queue.depth", ("queue", "broadcast-expand")));
        Assert.InRange(metrics.Read("bulksms.queue.oldest_age", ("queue", "sms-outbound")), 0, 60);
    }

    [Fact]
    public async Task Metrics_OfASuspension_TellItsCode()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var metrics = new Gauges(app.Service<IMeterFactory>());
        await app.Service<SuspensionGauge>().MeasureAsync(default);
        Assert.Equal(0, metrics.Read("bulksms.sending.suspended", ("code", 0)));

        await app.Service<ControlTable>().SuspendAsync(20005, "the account is suspended", null, default);
        await app.Service<SweepTurn>().RunAsync(default);

        Assert.Equal(1, metrics.Read("bulksms.sending.suspended", ("code", 20005)));
    }

    [Fact]
    public async Task Prometheus_Scraping_ShowsOurMetricsAndTheServers()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [On], pumping: false);
        await app.BroadcastAsync("Hello", "+15551230001");

        var page = await Eventually.GetAsync(
            () => app.Http.GetStringAsync("/metrics"), page => page.Contains("http_server_request_duration", StringComparison.Ordinal));

        Assert.Contains("bulksms_broadcasts_accepted", page, StringComparison.Ordinal);
        Assert.Contains("bulksms_gate_rate", page, StringComparison.Ordinal);
    }

    /// <summary>The spans that this app's exporter was given; those of other apps in this process are among them.</summary>
    private sealed class Spans
    {
        private readonly ConcurrentQueue<Activity> all = new();

        public void Export(WebApplicationBuilder builder) =>
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(new Sink(all)));

        public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. all.Where(span => span.TraceId == trace)];

        public async Task<Activity> FindAsync(Func<Activity, bool> wanted)
        {
            await Eventually.TrueAsync(() => all.Any(wanted));
            return all.First(wanted);
        }

        // The exporter writes from its own threads and wants a collection.
        private sealed class Sink(ConcurrentQueue<Activity> queue) : ICollection<Activity>
        {
            public int Count => queue.Count;

            public bool IsReadOnly => false;

            public void Add(Activity item) => queue.Enqueue(item);

            public void Clear() => queue.Clear();

            public bool Contains(Activity item) => queue.Contains(item);

            public void CopyTo(Activity[] array, int arrayIndex) => queue.CopyTo(array, arrayIndex);

            public bool Remove(Activity item) => throw new NotSupportedException();

            public IEnumerator<Activity> GetEnumerator() => queue.GetEnumerator();

            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BulkSms.Telemetry;

/// <summary>
/// Traces and metrics by OpenTelemetry. One trace leads from the request that made a broadcast through the queue to each call to Twilio and its callbacks. Hosts
/// add where it all goes.
/// </summary>
public static class BulkSmsTelemetry
{
    /// <summary>Name of the meter and of the source of activities.</summary>
    public const string Name = "BulkSms";

    /// <summary>Every call to Azure's storage has it.</summary>
    private const string StorageHeader = "x-ms-version";

    /// <summary>Every call to an event endpoint has it: an address of the customer's may hold a secret.</summary>
    private const string EventHeader = "webhook-id";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Collects our own traces and metrics and those of the HTTP server and client, but no trace of each storage call: there are several a message.</summary>
    public static OpenTelemetryBuilder AddBulkSmsTelemetry(this IServiceCollection services)
    {
        // With any other propagator OpenTelemetry writes the trace's headers itself, also where a client is told to write none (TwilioHttpClient).
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        return services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource(Name)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => !request.Headers.Contains(StorageHeader) && !request.Headers.Contains(EventHeader))
                .AddProcessor(new HidePhoneNumbers()))
            .WithMetrics(metrics => metrics.AddMeter(Name, "Microsoft.AspNetCore.Hosting", "System.Net.Http"));
    }

    /// <summary>Where a histogram's buckets end, in its unit: OpenTelemetry's own are made for milliseconds.</summary>
    internal static InstrumentAdvice<double> Buckets(params IReadOnlyList<double> ends) => new() { HistogramBucketBoundaries = ends };

    /// <summary>Begins a step of what goes on in this flow; null when there is no listener.</summary>
    public static Activity? Start(string step, string broadcastId) => Source.StartActivity(step)?.SetTag("bulksms.broadcast.id", broadcastId);

    /// <summary>Begins a step of a trace that began elsewhere, and links it to what goes on here; null when there is no listener.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="traceParent">Where it goes on from (W3C); null or malformed: a trace of its own.</param>
    /// <param name="broadcastId">Whose.</param>
    public static Activity? Continue(string step, string? traceParent, string broadcastId)
    {
        var parent = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parsed) ? parsed : default;
        var here = Activity.Current?.Context;
        return Source.StartActivity(step, ActivityKind.Consumer, parent, links: here is { } link ? [new(link)] : null)?.SetTag("bulksms.broadcast.id", broadcastId);
    }
}

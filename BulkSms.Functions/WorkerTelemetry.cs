using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using BulkSms.Http;
using BulkSms.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BulkSms.Functions;

/// <summary>
/// Where traces, metrics and logs go. Usually traces and metrics go to Application Insights from here, and logs through the host. With <c>telemetryMode</c> OpenTelemetry in the host's settings the
/// host speaks OpenTelemetry too and leaves the logs to the worker; then all three go from here, also by OTLP.
/// </summary>
internal static class WorkerTelemetry
{
    private const string InsightsSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds it.</summary>
    /// <param name="builder">The worker's.</param>
    /// <param name="host">The host's settings.</param>
    public static void Add(FunctionsApplicationBuilder builder, IConfiguration host)
    {
        var speaksOpenTelemetry = string.Equals(host["telemetryMode"], "OpenTelemetry", StringComparison.OrdinalIgnoreCase);
        var address = builder.Configuration[InsightsSetting] is { Length: > 0 } insights ? insights : null;
        var goesByOtlp = speaksOpenTelemetry && builder.Configuration[OtlpSetting] is { Length: > 0 };
        if (address is null && !goesByOtlp)
        {
            return;
        }

        builder.Services.AddOptions<AspNetCoreTraceInstrumentationOptions>().Configure<IOptions<TelemetryOptions>, Random>(
            (http, telemetry, random) => http.Filter = context => !IsCallback(context.Request.Path) || random.NextDouble() < telemetry.Value.MessageShare);
        var telemetry = builder.Services.AddBulkSmsTelemetry().WithTracing(tracing => tracing.SetSampler(services =>
            new FunctionSampler(new(services.GetRequiredService<IOptions<TelemetryOptions>>().Value.MessageShare, services.GetRequiredService<Random>()))));
        var credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = builder.Configuration["AZURE_CLIENT_ID"] });
        if (address is not null)
        {
            telemetry
                .WithTracing(tracing => tracing.AddAzureMonitorTraceExporter(options => Set(options, address, credential)))
                .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(options => Set(options, address, credential)));
        }

        if (speaksOpenTelemetry)
        {
            telemetry.UseFunctionsWorkerDefaults().WithLogging(logging => _ = address is null ? logging : logging.AddAzureMonitorLogExporter(options => Set(options, address, credential)));
            AddLogs(builder, new(host));
        }

        if (goesByOtlp)
        {
            telemetry.UseOtlpExporter();
        }
    }

    private static void AddLogs(FunctionsApplicationBuilder builder, HostLevels levels)
    {
        builder.Services.Configure<OpenTelemetryLoggerOptions>(logs => logs.IncludeFormattedMessage = true);
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>((category, level) => IsOurs(category, level) && levels.Keeps(category, level));
    }

    // As the worker's other logs: those of requests hold ?code=, a function key.
    private static bool IsOurs(string? category, LogLevel level) => category is not null && (category.StartsWith("BulkSms", StringComparison.Ordinal) || level >= LogLevel.Warning);

    private static void Set(AzureMonitorExporterOptions options, string address, TokenCredential credential) => (options.ConnectionString, options.Credential) = (address, credential);

    private static bool IsCallback(PathString path) => path.Equals($"/{Routes.Prefix}/{Routes.StatusWebhook}", StringComparison.OrdinalIgnoreCase);
}

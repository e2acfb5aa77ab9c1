using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using BulkSms.Http;
using BulkSms.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Trace;

namespace BulkSms.Functions;

/// <summary>The isolated worker: everything of BulkSms.</summary>
public static class FunctionsApp
{
    /// <summary>Builds the worker; it validates its settings before it connects to the Functions host.</summary>
    /// <param name="args">The Functions host's arguments; settings may be given among them.</param>
    /// <exception cref="InvalidOperationException">The storage setting is missing; the message names it.</exception>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<RequestMiddleware>();
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning) // request logs hold ?code=, a function key
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // comes with MVC and is not used: its keys need no care
            .AddFilter("BulkSms", LogLevel.Information);
        builder.Services.AddBulkSms(builder.Configuration);
        builder.Services.AddSingleton(HostQueues.Limit(builder.Configuration, AppContext.BaseDirectory));
        AddTelemetry(builder);
        return builder.Build();
    }

    private static bool IsCallback(PathString path) => path.Equals($"/{Routes.Prefix}/{Routes.StatusWebhook}", StringComparison.OrdinalIgnoreCase);

    // Traces and metrics go to Application Insights from here; logs go there through the host.
    private static void AddTelemetry(FunctionsApplicationBuilder builder)
    {
        if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is not { Length: > 0 } address)
        {
            return;
        }

        builder.Services.AddOptions<AspNetCoreTraceInstrumentationOptions>().Configure<IOptions<TelemetryOptions>, Random>(
            (http, telemetry, random) => http.Filter = context => !IsCallback(context.Request.Path) || random.NextDouble() < telemetry.Value.MessageShare);
        var identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = builder.Configuration["AZURE_CLIENT_ID"] });
        builder.Services.AddBulkSmsTelemetry()
            .WithTracing(tracing => tracing
                .AddAzureMonitorTraceExporter(options => (options.ConnectionString, options.Credential) = (address, identity))
                .SetSampler(services => new MessageSampler(services.GetRequiredService<IOptions<TelemetryOptions>>().Value.MessageShare, services.GetRequiredService<Random>())))
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(options => (options.ConnectionString, options.Credential) = (address, identity)));
    }
}

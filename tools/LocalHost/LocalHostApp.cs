using System.Net;
using System.Net.Sockets;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Events;
using BulkSms.Http;
using BulkSms.LocalHost.Pump;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Security;
using BulkSms.Sending;
using BulkSms.Sending.Pool;
using BulkSms.Storage;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using BulkSms.WebConsole;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace BulkSms.LocalHost;

/// <summary>The app in one process: the Functions app's routes, triggers and keys, on ASP.NET Core.</summary>
public sealed class LocalHostApp : IAsyncDisposable
{
    /// <summary>Setting that holds the function key.</summary>
    public const string KeySetting = "LocalHost:FunctionKey";

    /// <summary>Setting that turns on traces, metrics and <c>/metrics</c>. Default false; serving sets it.</summary>
    public const string TelemetrySetting = "LocalHost:Telemetry";

    /// <summary>Setting that says how to log, as <see cref="LogForm"/>. Default JSON.</summary>
    public const string LogSetting = "LocalHost:Log";

    /// <summary>Setting that makes the times of the shared rate shorter by this factor, for the chaos tool. Default 1.</summary>
    public const string ShareTimesSetting = "LocalHost:ShareTimes";

    private static readonly KnownSection OwnSection = new("LocalHost",
    [
        .. new[] { KeySetting, TelemetrySetting, LogSetting, ShareTimesSetting, ServeRun.EndsWithInputSetting, SweeperService.PeriodSetting }.Select(BelowOwnSection),
        .. KnownSection.Of<HostQueueSettings>(HostQueueSettings.Section).Settings.Select(setting => BelowOwnSection($"{HostQueueSettings.Section}:{setting}")),
    ]);

    // A file of settings is read once: a watcher would look at every folder below.
    private static readonly string[] NoReload = ["--hostBuilder:reloadConfigOnChange=false"];

    private LocalHostApp(WebApplication web, Uri url) => (Web, Url) = (web, url);

    /// <summary>The host: start it, wait for it, stop it.</summary>
    public WebApplication Web { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Builds the app and takes its port; it neither answers nor pumps before it is started.</summary>
    /// <param name="port">On 127.0.0.1; 0 takes any free one.</param>
    /// <param name="settings">Settings above those of the environment.</param>
    /// <param name="queues">The queue trigger's settings; null: no trigger runs, queues fill up.</param>
    /// <param name="configure">Changes to services, for tests.</param>
    /// <param name="readsEnvironment">Whether the environment's variables are settings too.</param>
    /// <param name="isStarting">Whether it is started next: some of its work begins then while it is built.</param>
    /// <exception cref="SetupException">The port is taken, or a setting is missing.</exception>
    public static LocalHostApp Build(
        int port, IReadOnlyDictionary<string, string?> settings, HostQueueSettings? queues, Action<WebApplicationBuilder>? configure = null, bool readsEnvironment = true, bool isStarting = false)
    {
        // Bound here rather than by Kestrel: the address is a setting of the app itself (Twilio calls it back).
        var listener = Bind(port);
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = NoReload });
        Configure(builder.Configuration, settings, url, readsEnvironment);
        builder.WebHost.UseUrls(url.ToString())
            .UseSockets(sockets => sockets.CreateBoundListenSocket = _ => listener)
            .ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        AddLog(builder);
        builder.Services.AddSingleton(PoolTimes.Default.Scaled(builder.Configuration.GetValue(ShareTimesSetting, 1.0)));
        builder.Services.AddBulkSms(builder.Configuration);
        builder.Services.AddSingleton<EarlyWork>().AddHostedService(provider => provider.GetRequiredService<EarlyWork>());
        builder.Services.AddSingleton(OwnSection);
        builder.Services.AddSingleton(new FunctionKey(Required(builder.Configuration, KeySetting)));
        var storage = Required(builder.Configuration, StorageServices.Setting);
        if (queues is not null)
        {
            AddTriggers(builder.Services, storage, queues);
        }

        var isWatched = builder.Configuration.GetValue(TelemetrySetting, false);
        if (isWatched)
        {
            AddTelemetry(builder);
        }

        configure?.Invoke(builder);
        var web = builder.Build();
        web.Services.GetRequiredService<EarlyWork>().Begin(isStarting);
        Guard(web);
        MapRoutes(web);
        StartPage.Map(web, web.Services.GetRequiredService<ConsoleFiles>().Any);
        ReferencePage.Map(web);
        if (isWatched)
        {
            web.MapPrometheusScrapingEndpoint();
        }

        return new(web, url);
    }

    public ValueTask DisposeAsync() => Web.DisposeAsync();

    private static void Configure(ConfigurationManager configuration, IReadOnlyDictionary<string, string?> settings, Uri url, bool readsEnvironment)
    {
        if (!readsEnvironment && configuration.Sources.OfType<EnvironmentVariablesConfigurationSource>().FirstOrDefault(source => string.IsNullOrEmpty(source.Prefix)) is { } environment)
        {
            configuration.Sources.Remove(environment);
        }

        configuration.AddInMemoryCollection(settings);
        if (new TwilioOptions().BaseUrl is var real && configuration.GetValue($"{TwilioOptions.Section}:{nameof(TwilioOptions.BaseUrl)}", real)!.IsLoopback)
        {
            configuration[$"{WebhookOptions.Section}:{nameof(WebhookOptions.PublicBaseUrl)}"] ??= url.ToString();
        }
    }

    private static string BelowOwnSection(string setting) => setting[(setting.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static void AddLog(WebApplicationBuilder builder)
    {
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning) // request logs hold ?code=
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // what stops the start is told in one line by Program
        builder.Logging.ClearProviders();
        if (builder.Configuration.GetValue(LogSetting, LogForm.Json) == LogForm.Text)
        {
            builder.Logging.AddConsole(console => console.FormatterName = TerminalFormatter.FormatterName).AddConsoleFormatter<TerminalFormatter, ConsoleFormatterOptions>();
        }
        else
        {
            builder.Logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "O"));
        }
    }

    // Metrics for Prometheus at /metrics; everything to OTEL_EXPORTER_OTLP_ENDPOINT, where that is set.
    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddBulkSmsTelemetry().WithMetrics(metrics => metrics.AddPrometheusExporter());
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            telemetry.UseOtlpExporter();
        }
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SetupException($"Port {port} is taken: stop what listens there, or give another one with --port.", e);
        }
    }

    private static void AddTriggers(IServiceCollection services, string storage, HostQueueSettings queues)
    {
        services.AddSingleton(queues);
        services.AddSingleton(new QueueTriggerLimit(queues.BatchSize + queues.Threshold));
        foreach (var (outbound, poison) in new[] { (QueueNames.Outbound, QueueNames.OutboundPoison), (QueueNames.OutboundHigh, QueueNames.OutboundHighPoison) })
        {
            QueuePumpService.Add(services, storage, outbound, provider =>
            {
                var send = provider.GetRequiredService<SendSms>();
                return (message, stopping) => send.HandleAsync(SendJob.Parse(message.Body), stopping);
            });
            QueuePumpService.Add(services, storage, poison, provider =>
            {
                var file = provider.GetRequiredService<FilePoison>();
                return (message, stopping) => file.SmsAsync(new(message.MessageId, message.Body, message.InsertedOn), stopping, poison);
            });
        }

        QueuePumpService.Add(services, storage, QueueNames.Expand, provider =>
        {
            var expand = provider.GetRequiredService<FanOutJobHandler>();
            return (message, stopping) => expand.RunAsync(FanOutJob.Parse(message.Body).BroadcastId, stopping);
        });
        QueuePumpService.Add(services, storage, QueueNames.ExpandPoison, provider =>
        {
            var file = provider.GetRequiredService<FilePoison>();
            return (message, stopping) => file.ExpandAsync(new(message.MessageId, message.Body, message.InsertedOn), stopping);
        });
        AddEventTriggers(services, storage);
        services.AddHostedService<SweeperService>();
    }

    private static void AddEventTriggers(IServiceCollection services, string storage)
    {
        QueuePumpService.Add(services, storage, QueueNames.Events, provider =>
        {
            var deliver = provider.GetRequiredService<DeliverEvent>();
            return (message, stopping) => deliver.HandleAsync(EventJob.Parse(message.Body), stopping);
        });
        QueuePumpService.Add(services, storage, QueueNames.EventsPoison, provider =>
        {
            var file = provider.GetRequiredService<FilePoison>();
            return (message, stopping) => file.EventAsync(new(message.MessageId, message.Body, message.InsertedOn), stopping);
        });
    }

    private static void Guard(WebApplication app)
    {
        var guard = app.Services.GetRequiredService<RequestGuard>();
        app.Use((http, next) => guard.AnswerAsync(http, () => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "a request", async () =>
        {
            await next(http);
            return Results.Empty; // the route has written its own
        }));
        app.Use(new HostNames(app.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.PublicBaseUrl).CheckAsync);
    }

    private static void MapRoutes(WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<ApiEndpointTable>();
        var (key, gate) = (app.Services.GetRequiredService<FunctionKey>(), app.Services.GetRequiredService<CallerGate>());
        foreach (var endpoint in endpoints.All)
        {
            Map(app, $"{Routes.Prefix}/{endpoint.Route}", async request =>
                (endpoint.Role is null ? null : key.Refuse(request) ?? await gate.RefuseAsync(request))
                ?? await endpoints.AnswerAsync(endpoint.Name, request, request.RouteValues["id"] as string ?? "")).WithMetadata(new HttpMethodMetadata(endpoint.Methods));
        }

        var calls = app.Services.GetRequiredService<ConsoleCalls>();
        Map(app, $"{Routes.Prefix}/{Routes.ConsoleCalls}", calls.AnswerAsync);
        Map(app, Routes.Other, request => Task.FromResult(endpoints.AnswerOther(request))).WithOrder(int.MaxValue);
    }

    // By a plain delegate: what the framework compiles for each route of another kind costs a start more than all else.
    private static IEndpointConventionBuilder Map(WebApplication app, string route, Func<HttpRequest, Task<IResult>> answer) =>
        app.Map(route, async http => await (await answer(http.Request)).ExecuteAsync(http));

    private static string Required(IConfiguration configuration, string setting) => configuration[setting] is { Length: > 0 } value
        ? value
        : throw new SetupException($"The setting {setting} is missing.");
}

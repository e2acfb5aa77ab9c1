using BulkSms.LocalHost.Pump;
using BulkSms.OptOuts;
using BulkSms.StatusCallbacks;
using BulkSms.Storage;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;
using BulkSms.WebConsole;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace BulkSms.LocalHost;

/// <summary>
/// Serves until Ctrl+C. Storage is its own, unless the environment names another account; Twilio is the environment's account, else a simulator.
/// </summary>
public static class ServeRun
{
    /// <summary>Whether to end when standard input does: a parent that dies leaves nothing behind then. Default false.</summary>
    public const string EndsWithInputSetting = "LocalHost:EndsWithInput";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        await using var storage = await StorageAsync(arguments, environment, settings);
        await using var simulator = await TwilioAsync(environment, settings);
        var key = environment[LocalHostApp.KeySetting] ?? FunctionKey.New();
        settings[LocalHostApp.KeySetting] = key;
        settings[LocalHostApp.TelemetrySetting] = environment[LocalHostApp.TelemetrySetting] ?? "true";
        settings[LocalHostApp.LogSetting] = (arguments.Log ?? environment.GetValue<LogForm?>(LocalHostApp.LogSetting) ?? LogFormHere()).ToString();
        await using var app = LocalHostApp.Build(
            arguments.Port, settings, HostQueueSettings.Load(Repository.HostJson).With(environment), builder => storage?.Use(builder.Services), isStarting: true);
        await app.Web.StartAsync();
        if (simulator is not null && app.Web.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.PublicBaseUrl is { } root)
        {
            simulator.Account.InboundRequestUrl = OptOutWebhook.UrlAt(root); // as a person would set it at Twilio
            simulator.Account.LinkShortening = new(ClickEndpoint.UrlAt(root));
        }

        if (storage is not null)
        {
            await app.Web.Services.GetRequiredService<StorageSetup>().Ready; // so that the first call finds its tables; another account may be away
        }

        Console.WriteLine(Greeting.Of(
            app.Url, key, storage?.Place, app.Web.Services.GetRequiredService<IOptions<TwilioOptions>>().Value.BaseUrl,
            app.Web.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.PublicBaseUrl, app.Web.Services.GetRequiredService<ConsoleFiles>().Any));
        if (environment.GetValue(EndsWithInputSetting, false))
        {
            _ = EndWithInputAsync(app.Web.Lifetime);
        }

        await app.Web.WaitForShutdownAsync();
        return 0;
    }

    private static LogForm LogFormHere() => Console.IsOutputRedirected ? LogForm.Json : LogForm.Text;

    private static async Task EndWithInputAsync(IHostApplicationLifetime lifetime)
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        lifetime.StopApplication();
    }

    private static async Task<LocalStorage?> StorageAsync(Arguments arguments, IConfiguration environment, Dictionary<string, string?> settings)
    {
        var named = environment.GetSection(StorageServices.Setting);
        if (named.Value is { Length: > 0 })
        {
            return arguments is { Storage: null, Data: null }
                ? null
                : throw new SetupException($"{StorageServices.Setting} names a storage account, so --storage and --data have no use. Leave out one or the other.");
        }

        if (named.GetChildren().Any())
        {
            throw new SetupException($"LocalHost reaches a storage account by a connection string in {StorageServices.Setting}; an identity is for the Functions app.");
        }

        var storage = await LocalStorage.StartAsync(arguments.Storage, arguments.Data ?? Path.Combine(Repository.AzuriteFolder, "data"), AnsiConsole.WriteLine);
        settings[StorageServices.Setting] = storage.ConnectionString;
        return storage;
    }

    private static async Task<TwilioServer?> TwilioAsync(IConfiguration environment, Dictionary<string, string?> settings)
    {
        if (environment.GetSection(TwilioOptions.Section).GetChildren().Any() || environment.GetSection(KeyVaultOptions.Section).GetChildren().Any())
        {
            return null; // one setting of it means all of it: what is missing is named at start
        }

        var simulator = await TwilioServer.StartAsync();
        SimulatedTwilio.Use(simulator, settings);
        return simulator;
    }
}

using BulkSms.LocalHost.Azurite;
using BulkSms.LocalHost.Pump;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace BulkSms.LocalHost;

/// <summary>
/// Serves until Ctrl+C. Storage is the environment's, else an Azurite that listens, else our own; Twilio is the environment's account, else a simulator.
/// </summary>
public static class ServeRun
{
    /// <summary>Whether to end when standard input does: a parent that dies leaves nothing behind then. Default false.</summary>
    public const string EndsWithInputSetting = "LocalHost:EndsWithInput";

    public static async Task<int> RunAsync(int port)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        await using var azurite = await StorageAsync(environment, settings);
        await using var simulator = await TwilioAsync(environment, settings);
        var key = environment[LocalHostApp.KeySetting] ?? FunctionKey.New();
        settings[LocalHostApp.KeySetting] = key;
        settings[LocalHostApp.TelemetrySetting] = environment[LocalHostApp.TelemetrySetting] ?? "true";
        await using var app = LocalHostApp.Build(port, settings, HostQueueSettings.Load(Repository.HostJson).With(environment));
        await app.Web.StartAsync();
        Say(app.Url, key, app.Web.Services.GetRequiredService<IOptions<TwilioOptions>>().Value.BaseUrl);
        if (environment.GetValue(EndsWithInputSetting, false))
        {
            _ = EndWithInputAsync(app.Web.Lifetime);
        }

        await app.Web.WaitForShutdownAsync();
        return 0;
    }

    private static async Task EndWithInputAsync(IHostApplicationLifetime lifetime)
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        lifetime.StopApplication();
    }

    private static async Task<AzuriteProcess?> StorageAsync(IConfiguration environment, Dictionary<string, string?> settings)
    {
        if (environment[StorageServices.Setting] is { Length: > 0 })
        {
            return null;
        }

        settings[StorageServices.Setting] = AzuriteProcess.DevelopmentStorage;
        return await AzuriteProcess.IsListeningAsync()
            ? null
            : await AzuriteProcess.StartAsync(AzuriteOptions.OwnPorts(Path.Combine(Repository.AzuriteFolder, "data")), AnsiConsole.WriteLine);
    }

    private static async Task<TwilioServer?> TwilioAsync(IConfiguration environment, Dictionary<string, string?> settings)
    {
        if (environment.GetSection(TwilioOptions.Section).GetChildren().Any())
        {
            return null; // one setting of it means all of it: what is missing is named at start
        }

        var simulator = await TwilioServer.StartAsync();
        SimulatedTwilio.Use(simulator, settings);
        return simulator;
    }

    private static void Say(Uri url, string key, Uri twilioUrl)
    {
        var twilio = twilioUrl.IsLoopback ? $"simulated at {twilioUrl}" : "the account in the environment: messages are real and cost money";
        Console.WriteLine($$"""
            BulkSms listens at {{url}}
            Twilio:       {{twilio}}
            Function key: {{key}}

            curl -i {{url}}api/v1/broadcasts -H 'x-functions-key: {{key}}' -H 'content-type: application/json' \
              -d '{"message": "The clinic is closed today.", "recipients": ["+15551230001", "+15551230002"]}'

            Ctrl+C stops it.
            """);
    }
}

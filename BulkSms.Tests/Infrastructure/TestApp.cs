using System.Net.Http.Json;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using BulkSms.Api;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BulkSms.Tests.Infrastructure;

/// <summary>A running app for one test: LocalHost on a free port, a storage account of its own and a Twilio of its own.</summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string Key = "test-key";

    private TestApp(LocalHostApp app, TwilioServer twilio, bool ownsTwilio, string storage, LogRecorder logs)
    {
        (this.app, Twilio, this.ownsTwilio, Storage, Logs) = (app, twilio, ownsTwilio, storage, logs);
        Http = ContractHandler.NewClient(app.Url);
        Http.DefaultRequestHeaders.Add(FunctionKey.Header, Key);
    }

    private readonly LocalHostApp app;
    private readonly bool ownsTwilio;

    /// <summary>A caller with the function key.</summary>
    public HttpClient Http { get; }

    public Uri Url => app.Url;

    public TwilioServer Twilio { get; }

    /// <summary>The storage account's connection string.</summary>
    public string Storage { get; }

    public LogRecorder Logs { get; }

    public IServiceProvider Services => app.Web.Services;

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Starts an app.</summary>
    /// <param name="storage">A connection string; see <see cref="AzuriteFixture.NewAccount"/>.</param>
    /// <param name="settings">Settings, as <c>Section:Name</c>.</param>
    /// <param name="pumping">Whether the queue triggers run; without, what is enqueued stays to be looked at.</param>
    /// <param name="twilio">A Twilio shared with another app.</param>
    /// <param name="invisibility">How long a message stays hidden that is neither deleted nor released; 30 s by default, against the host's ten minutes.</param>
    /// <param name="queues">The queue triggers' settings; host.json's, faster, by default.</param>
    /// <param name="configure">Further changes.</param>
    public static async Task<TestApp> StartAsync(
        string storage,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        bool pumping = true,
        TwilioServer? twilio = null,
        TimeSpan? invisibility = null,
        HostQueueSettings? queues = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var logs = new LogRecorder();
        var server = twilio ?? await TwilioServer.StartAsync();
        var all = Defaults(storage);
        SimulatedTwilio.Use(server, all);
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        var app = LocalHostApp.Build(0, all, pumping ? (queues ?? Queues) with { Invisibility = invisibility ?? Queues.Invisibility } : null, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(logs);
            configure?.Invoke(builder);
        }, readsEnvironment: false);
        await app.Web.StartAsync();
        await app.Web.Services.GetRequiredService<StorageSetup>().Ready;
        return new(app, server, twilio is null, storage, logs);
    }

    /// <summary>A further change for <see cref="StartAsync"/>: with pumping, only the test sweeps, which else may meet the sweep at start.</summary>
    public static void WithoutSweeper(WebApplicationBuilder builder) =>
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(SweeperService)));

    /// <summary>host.json's settings, faster.</summary>
    public static HostQueueSettings Queues { get; } = HostQueueSettings.Load(Repository.HostJson) with
    {
        MaxPollingInterval = TimeSpan.FromMilliseconds(200),
        VisibilityTimeout = TimeSpan.FromSeconds(1),
        Invisibility = TimeSpan.FromSeconds(30), // what a lost reply has hidden comes back before patience ends
    };

    /// <summary>Fictitious numbers, all different.</summary>
    public static string[] Numbers(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => $"+1555{i:0000000}")];

    public Task<HttpResponseMessage> PostAsync(string message, params string[] recipients) =>
        Http.PostAsJsonAsync("/api/v1/broadcasts", new { message, recipients }, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PostJsonAsync(string json, string path = "/api/v1/broadcasts") =>
        Http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    /// <summary>Puts numbers on the opt-out list, as a caller does.</summary>
    public Task<HttpResponseMessage> OptOutAsync(params string[] phones) =>
        Http.PostAsJsonAsync("/api/v1/optouts", new { phones }, TestContext.Current.CancellationToken);

    /// <summary>Asks whether a phone is on the opt-out list.</summary>
    public Task<HttpResponseMessage> LookUpOptOutAsync(string phone) => Http.PostAsJsonAsync("/api/v1/optouts/lookup", new { phone }, TestContext.Current.CancellationToken);

    /// <summary>Takes a phone off the opt-out list, as a caller does.</summary>
    public Task<HttpResponseMessage> RemoveOptOutAsync(string phone) => Http.PostAsJsonAsync("/api/v1/optouts/remove", new { phone }, TestContext.Current.CancellationToken);

    private const int MostTries = 5;

    /// <summary>Posts a broadcast that must be accepted.</summary>
    public Task<AcceptedView> BroadcastAsync(string message, params string[] recipients) => AcceptedAsync(() => PostAsync(message, recipients));

    /// <summary>Posts a body that must be accepted.</summary>
    public Task<AcceptedView> BroadcastJsonAsync(string json) => AcceptedAsync(() => PostJsonAsync(json));

    // 503 with nothing accepted: Azurite did not answer in time, on a machine that is this busy. The caller asks again, as the answer says.
    private static async Task<AcceptedView> AcceptedAsync(Func<Task<HttpResponseMessage>> post)
    {
        for (var tries = 1; ; tries++)
        {
            using var response = await post();
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode != System.Net.HttpStatusCode.ServiceUnavailable || !body.Contains("storage-unavailable", StringComparison.Ordinal) || tries == MostTries)
            {
                Assert.True(response.StatusCode == System.Net.HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
                return System.Text.Json.JsonSerializer.Deserialize(body, ApiJson.Default.AcceptedView)!;
            }
        }
    }

    public async Task<BroadcastView> GetAsync(string broadcastId) =>
        (await Http.GetFromJsonAsync($"/api/v1/broadcasts/{broadcastId}", ApiJson.Default.BroadcastView))!;

    public Task<BroadcastView> GetAsync(string broadcastId, Func<BroadcastView, bool> wanted) =>
        Eventually.GetAsync(() => GetAsync(broadcastId), wanted);

    /// <summary>Waits until every recipient is in a final state.</summary>
    public Task<BroadcastView> CompletedAsync(string broadcastId) => GetAsync(broadcastId, view => view.Status == "completed");

    public async Task<IReadOnlyList<RecipientView>> RecipientsAsync(string broadcastId, string query = "limit=1000") =>
        (await Http.GetFromJsonAsync($"/api/v1/broadcasts/{broadcastId}/recipients?{query}", ApiJson.Default.RecipientPage))!.Recipients;

    public Task<T?> GetJsonAsync<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => Http.GetFromJsonAsync(path, type);

    /// <summary>The poison messages that are kept, as the API lists them.</summary>
    public async Task<IReadOnlyList<PoisonView>> PoisonAsync(string query = "") =>
        (await Http.GetFromJsonAsync($"/api/v1/poison?{query}", ApiJson.Default.PoisonPage))!.Messages;

    /// <summary>Waits until so many poison messages are kept.</summary>
    public Task<IReadOnlyList<PoisonView>> PoisonAsync(int count, string query = "") =>
        Eventually.GetAsync(() => PoisonAsync(query), messages => messages.Count == count);

    /// <summary>The row of one recipient.</summary>
    public async Task<Recipient> RowAsync(string broadcastId, string number) =>
        (await Services.GetRequiredService<RecipientTable>().ReadAsync(RecipientKey.Of(broadcastId, number, 1), default))!.Row;

    /// <summary>Waits until the row of one recipient is as wanted.</summary>
    public Task<Recipient> RowAsync(string broadcastId, string number, Func<Recipient, bool> wanted) =>
        Eventually.GetAsync(() => RowAsync(broadcastId, number), wanted);

    /// <summary>A queue of this app's account, as a person would look into it.</summary>
    public QueueClient Queue(string name) => new(Storage, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    /// <summary>Takes every visible job off a queue.</summary>
    public async Task<IReadOnlyList<SendJob>> TakeAllAsync(string queueName)
    {
        var jobs = new List<SendJob>();
        Azure.Storage.Queues.Models.QueueMessage[] messages;
        do
        {
            messages = (await Queue(queueName).ReceiveMessagesAsync(32, TimeSpan.FromMinutes(10))).Value;
            jobs.AddRange(messages.Select(message => SendJob.Parse(message.Body)));
        }
        while (messages.Length > 0);
        return jobs;
    }

    public TableClient Table(string name) => new(Storage, name);

    public Task StopAsync() => app.Web.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.Web.StopAsync();
        await app.DisposeAsync();
        if (ownsTwilio)
        {
            await Twilio.DisposeAsync();
        }
    }

    private static Dictionary<string, string?> Defaults(string storage) => new(StringComparer.Ordinal)
    {
        [StorageServices.Setting] = storage,
        [LocalHostApp.KeySetting] = Key,
        ["Sending:SegmentsPerSecond"] = "10000",
        ["Sending:RetryBaseDelay"] = "00:00:00.100",
        ["Sending:RetryMaxDelay"] = "00:00:01",
        ["Retention:EraseAfter"] = "00:00:00",
    };
}

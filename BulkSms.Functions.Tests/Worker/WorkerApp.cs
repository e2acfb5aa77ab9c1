using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.FunctionsHostSimulator;
using BulkSms.LocalHost;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Functions.Tests.Worker;

/// <summary>The compiled Functions app in a process of its own, with a Functions host, storage and a Twilio in this one, all on free ports.</summary>
public sealed class WorkerApp : IAsyncLifetime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Invisibility = TimeSpan.FromMinutes(10);
    private static readonly string App = typeof(WorkerApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "FunctionsApp").Value!;
    private static readonly JsonSerializerOptions WithoutNull = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly ConcurrentQueue<JsonObject> received = [];
    private MemoryStorageServer storage = null!;
    private FunctionsHost host = null!;
    private WorkerProcess worker = null!;

    public TwilioServer Twilio { get; private set; } = null!;

    /// <summary>A caller of the Functions host.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>Settings besides the usual ones.</summary>
    public IReadOnlyDictionary<string, string?> More { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The host's own step of what it invokes from now on (W3C); null: it tells none.</summary>
    public string? TraceParent
    {
        get => host.TraceParent;
        set => host.TraceParent = value;
    }

    public IReadOnlyList<HostedFunction> Functions => host.Functions;

    /// <summary>The logs that the worker sends to the host.</summary>
    public IReadOnlyList<JsonObject> Logs => [.. received.Select(message => message["rpcLog"]).OfType<JsonObject>()];

    /// <summary>All that the host may log: what the worker says on the stream, failures included, and what it writes to the console.</summary>
    public string AllThatTheHostMayLog => string.Join('\n', received.Select(message => message.ToJsonString())) + worker.Output;

    public async ValueTask InitializeAsync()
    {
        storage = await MemoryStorageServer.StartAsync(TimeSpan.Zero, TimeProvider.System);
        Twilio = await TwilioServer.StartAsync();
        host = await FunctionsHost.StartAsync(received.Enqueue);
        Http = new HttpClient { BaseAddress = host.Url };
        worker = WorkerProcess.Start(App, host.GrpcUrl, Settings());
        try
        {
            await host.ConnectAsync(Path.GetDirectoryName(App)!);
            await ReadyAsync();
        }
        catch (Exception e)
        {
            var output = worker.Output;
            worker.Dispose(); // an initialization that fails is not disposed of
            throw new InvalidOperationException($"The worker did not start: {output}", e);
        }
    }

    /// <summary>Ends the worker as the host does; it must end by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            host.Terminate();
            Assert.Equal(0, await worker.EndedAsync()); // a cleanup that fails fails the run
        }
        finally
        {
            worker.Dispose();
            Http.Dispose();
            await host.DisposeAsync();
            await Twilio.DisposeAsync();
            await storage.DisposeAsync();
        }
    }

    /// <summary>A request by the host, with a body in JSON or, as Twilio has it, a form.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null) => Http.SendAsync(new(new(method), $"/api/{path}")
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8, body.StartsWith('{') ? "application/json" : "application/x-www-form-urlencoded"),
    });

    /// <summary>The JSON of an answer that must have a status.</summary>
    public async Task<JsonNode> SendAsync(string method, string path, string? json, HttpStatusCode status)
    {
        using var answer = await SendAsync(method, path, json);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Posts a broadcast.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> BroadcastAsync(string message, string[] recipients, DateTimeOffset? sendAt = null) =>
        (string)(await SendAsync("POST", "v1/broadcasts", JsonSerializer.Serialize(new { message, recipients, sendAt }, WithoutNull), HttpStatusCode.Accepted))["broadcastId"]!;

    /// <summary>Invokes a queue trigger with a message.</summary>
    public Task<string> DeliverAsync(string function, QueueMessage message) => host.DeliverAsync(function, message);

    /// <summary>Invokes a queue trigger with a message of this text.</summary>
    public Task<string> DeliverAsync(string function, string text)
    {
        var now = TimeProvider.System.GetUtcNow();
        return DeliverAsync(function, QueuesModelFactory.QueueMessage(Guid.NewGuid().ToString(), "receipt", text, 1, now + Invisibility, now, now.AddDays(7)));
    }

    /// <summary>Takes all messages off a queue and gives each to its trigger, so often at once.</summary>
    /// <returns>The outcome of each invocation.</returns>
    public async Task<IReadOnlyList<string>> DeliverAllAsync(string queue, string function, int times = 1)
    {
        var client = new QueueClient(storage.ConnectionString, queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var messages = (await client.ReceiveMessagesAsync(32, Invisibility)).Value;
        var outcomes = await Task.WhenAll(messages.SelectMany(message => Enumerable.Repeat(message, times)).Select(message => DeliverAsync(function, message)));
        foreach (var message in messages)
        {
            await client.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        return outcomes;
    }

    /// <summary>Invokes a timer trigger.</summary>
    public Task<string> TickAsync(string function) =>
        host.InvokeAsync(function, new() { ["json"] = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" });

    private Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [StorageServices.Setting] = storage.ConnectionString,
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "", // whatever this process has
            ["Broadcasts:InlineRecipientLimit"] = "1", // so that a small broadcast is fanned out by the queue
            ["Sending:SegmentsPerSecond"] = "10000",
            ["Webhooks:PublicBaseUrl"] = host.Url.ToString(),
        };
        SimulatedTwilio.Use(Twilio, settings);
        foreach (var (name, value) in More)
        {
            settings[name] = value;
        }

        return settings;
    }

    // The tables and queues are made while the app starts.
    private async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(StartPatience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (true)
        {
            using var answer = await SendAsync("GET", "health/ready");
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}

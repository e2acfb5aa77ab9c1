using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Azure;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Api;
using BulkSms.Chaos.Storage;
using BulkSms.Dispatch;
using BulkSms.LocalHost;
using BulkSms.MemoryStorage;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StorageCall = BulkSms.Chaos.Storage.StorageCall;

namespace BulkSms.Tests.Infrastructure;

/// <summary>
/// The whole app, its storage and Twilio in one process, at a time that goes on only when a test says so: days pass in seconds. The queue's host is played here: it receives,
/// hides messages for ten minutes and deletes what was handled; or it dies with what it has received.
/// </summary>
public sealed class VirtualApp : IAsyncDisposable
{
    /// <summary>How long the Functions host hides what it receives.</summary>
    internal static readonly TimeSpan Invisibility = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    private static readonly DateTimeOffset Start = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private readonly LocalHostApp app;
    private readonly FaultyTransport faults;
    private readonly VirtualQueues queues;
    private readonly List<Task> running = [];
    private readonly SemaphoreSlim handled = new(0);
    private DateTimeOffset lastSweep = Start;

    private VirtualApp(LocalHostApp app, FakeTimeProvider clock, VirtualTwilio twilio, LogRecorder logs, RecordingTransport storage, FaultyTransport faults)
    {
        (this.app, Clock, Twilio, Logs, Storage, this.faults) = (app, clock, twilio, logs, storage, faults);
        queues = new(Services.GetRequiredService<QueueServiceClient>());
        Http = ContractHandler.NewClient(app.Url);
        Http.DefaultRequestHeaders.Add(FunctionKey.Header, TestApp.Key);
    }

    public FakeTimeProvider Clock { get; }

    public VirtualTwilio Twilio { get; }

    public LogRecorder Logs { get; }

    /// <summary>Its storage, which tells what is asked of it.</summary>
    public RecordingTransport Storage { get; }

    public HttpClient Http { get; }

    /// <summary>What becomes of this app's calls to storage.</summary>
    public Func<StorageCall, StorageFaultKind> Breaks
    {
        get => faults.Decide;
        set => faults.Decide = value;
    }

    public IServiceProvider Services => app.Web.Services;

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Starts an app.</summary>
    /// <param name="settings">Settings, as <c>Section:Name</c>.</param>
    /// <param name="before">An app on the same storage, clock and Twilio, which has died; null: everything is new.</param>
    public static async Task<VirtualApp> StartAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null, VirtualApp? before = null)
    {
        var clock = before?.Clock ?? new FakeTimeProvider(Start);
        var twilio = before?.Twilio ?? new VirtualTwilio(clock);
        var logs = new LogRecorder();
        var storage = before?.Storage ?? new RecordingTransport(new MemoryTransport(new MemoryAccount(clock), TimeSpan.Zero, TimeProvider.System));
        var faults = new FaultyTransport(storage);
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [StorageServices.Setting] = MemoryTransport.ConnectionString,
            [LocalHostApp.KeySetting] = TestApp.Key,
            ["Twilio:AccountSid"] = "AC00000000000000000000000000000000",
            ["Twilio:AuthToken"] = "made-up",
            ["Twilio:MessagingServiceSid"] = "MG00000000000000000000000000000000",
            ["Sending:SegmentsPerSecond"] = "10000", // a step of the clock lets through what a burst allows, no more
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        var app = LocalHostApp.Build(0, all, queues: null, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(logs);
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(services => new SendRateLimiter(services.GetRequiredService<IOptions<SendingOptions>>(), clock, services.GetRequiredService<IMeterFactory>())); // alone: a step is longer than a share lasts
            builder.Services.AddSingleton<HttpPipelineTransport>(faults);
            builder.Services.AddHttpClient(TwilioHttpClient.Name).ConfigurePrimaryHttpMessageHandler(() => twilio);
        });
        await app.Web.StartAsync();
        await app.Web.Services.GetRequiredService<StorageSetup>().Ready;
        return new(app, clock, twilio, logs, storage, faults) { lastSweep = before?.lastSweep ?? Start };
    }

    /// <summary>Posts a broadcast that must be accepted.</summary>
    public async Task<string> BroadcastAsync(object body)
    {
        using var response = await Http.PostAsJsonAsync("/api/v1/broadcasts", body);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!.BroadcastId;
    }

    public async Task<BroadcastView> GetAsync(string broadcastId) => (await Http.GetFromJsonAsync($"/api/v1/broadcasts/{broadcastId}", ApiJson.Default.BroadcastView))!;

    public async Task<SendingView> SendingAsync() => (await Http.GetFromJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!;

    public async Task<Recipient> RowAsync(string broadcastId, string number) =>
        (await Service<RecipientTable>().ReadAsync(RecipientKey.Of(broadcastId, number, 1), default))!.Row;

    /// <summary>Lets time pass, with the queue's trigger and, each minute, the sweeper.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="step">The clock's step; what comes about in between comes about at its end.</param>
    /// <param name="until">Ends it sooner.</param>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> RunAsync(TimeSpan duration, TimeSpan step, Func<Task<bool>>? until = null)
    {
        var begun = Clock.GetUtcNow();
        while (Clock.GetUtcNow() - begun < duration)
        {
            await PumpAsync();
            if (Clock.GetUtcNow() - lastSweep >= Sweeper.Period)
            {
                lastSweep = Clock.GetUtcNow();
                await Service<Sweeper>().RunAsync(default);
                await PumpAsync();
            }

            if (until is not null && await until())
            {
                break;
            }

            Clock.Advance(step);
        }

        return Clock.GetUtcNow() - begun;
    }

    /// <summary>Receives everything as a host does that dies with it: these messages are not handled, and not seen for ten minutes.</summary>
    public async Task<IReadOnlyList<SendJob>> ReceiveAndDieAsync()
    {
        var jobs = new List<SendJob>();
        IReadOnlyList<(QueueClient Queue, QueueMessage Message)> received;
        do
        {
            received = await queues.ReceiveAsync();
            jobs.AddRange(received.Select(each => SendJob.Parse(each.Message.Body)));
        }
        while (received.Count > 0);
        return jobs;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.Web.StopAsync();
        await app.DisposeAsync();
        handled.Dispose();
    }

    private async Task PumpAsync()
    {
        IReadOnlyList<(QueueClient Queue, QueueMessage Message)> received;
        do
        {
            received = await queues.ReceiveAsync();
            running.AddRange(received.Select(each => HandleAsync(each.Queue, each.Message)));
            await ComeToRestAsync();
        }
        while (received.Count > 0);
    }

    private async Task HandleAsync(QueueClient queue, QueueMessage message)
    {
        await Service<SendSms>().HandleAsync(SendJob.Parse(message.Body), default);
        try
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
            // it took so long that it was received again: the Functions host leaves it at that, too
        }
        finally
        {
            handled.Release();
        }
    }

    // Nothing here takes real time: what has asked nothing of storage or Twilio for a while waits for the clock.
    private async Task ComeToRestAsync()
    {
        var (before, quietSince) = (Activity, Stopwatch.GetTimestamp());
        while (true)
        {
            await TurnAsync();
            var ended = running.Where(task => task.IsCompleted).ToArray();
            foreach (var task in ended)
            {
                running.Remove(task);
                await task;
            }

            var now = Activity;
            if (ended.Length > 0 || now != before || now.Begun != now.Ended)
            {
                (before, quietSince) = (now, Stopwatch.GetTimestamp());
            }
            else if (running.Count == 0 || Stopwatch.GetElapsedTime(quietSince) > Quiet)
            {
                return;
            }
            else
            {
                await handled.WaitAsync(Glance); // other tests have the processor meanwhile
            }
        }
    }

    private (long Begun, long Ended, int Calls) Activity => (Storage.Begun, Storage.Ended, Twilio.Calls);

    // One turn: whatever was queued before it, by this app or by tests beside it, has had a thread. Task.Yield would go on at once, on this thread's own queue.
    private static Task TurnAsync()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
        return turn.Task;
    }
}

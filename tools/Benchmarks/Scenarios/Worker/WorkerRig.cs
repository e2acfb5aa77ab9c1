using System.Globalization;
using Azure.Storage.Queues;
using BulkSms.Benchmarks.Server;
using BulkSms.FunctionsHostSimulator;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using BulkSms.Storage.Calls;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace BulkSms.Benchmarks.Scenarios.Worker;

/// <summary>
/// The Functions app in a process of its own, under a simulated Functions host. Host, storage, Twilio and the load generator are in this process: only what the worker uses is counted.
/// </summary>
internal sealed class WorkerRig : IAsyncDisposable
{
    private const int Patience = 600;
    private const int MostWarmUps = 12;
    private const int FewMethods = 30;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly MemoryStorageServer storage;
    private readonly FunctionsHost host;
    private readonly WorkerProcess worker;
    private readonly HostQueueSettings queues;
    private readonly MemoryTransport near; // for what the host itself asks of storage

    private WorkerRig(MemoryStorageServer storage, TwilioServer twilio, FunctionsHost host, WorkerProcess worker, HostQueueSettings queues)
    {
        (this.storage, Twilio, this.host, this.worker, this.queues) = (storage, twilio, host, worker, queues);
        near = new(storage.Account, TimeSpan.Zero, TimeProvider.System);
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan, UseCookies = false }) { BaseAddress = host.Url };
    }

    public TwilioServer Twilio { get; }

    /// <summary>A caller of the Functions host.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts all of it.</summary>
    /// <param name="options">Latencies.</param>
    /// <param name="app">The app.</param>
    /// <param name="queues">The host's settings for queue triggers.</param>
    public static async Task<WorkerRig> StartAsync(BenchmarkOptions options, PublishedApp app, HostQueueSettings queues)
    {
        var storage = await MemoryStorageServer.StartAsync(options.StorageLatency, TimeProvider.System);
        var twilio = await TwilioServer.StartAsync();
        twilio.Faults.Latency = options.TwilioLatency;
        twilio.Faults.CallbackStatuses = [];
        var host = await FunctionsHost.StartAsync();
        var worker = WorkerProcess.Start(app.Assembly, host.GrpcUrl, Settings(storage, twilio, host, queues));
        var rig = new WorkerRig(storage, twilio, host, worker, queues);
        await host.ConnectAsync(Path.GetDirectoryName(app.Assembly)!);
        await rig.ReadyAsync();
        return rig;
    }

    /// <summary>What the worker has used, and what storage has done for it and for the host.</summary>
    public async Task<Usage> UsageAsync()
    {
        var (allocated, _, collections) = await worker.HeapAsync();
        return new()
        {
            CpuMs = worker.ProcessorTime.TotalMilliseconds,
            AllocatedBytes = allocated,
            Collections = collections,
            PeakWorkingSet = PeakMemory.Of(worker.Id),
            Operations = storage.Account.Operations.Snapshot(),
            Held = storage.Account.Held.Take(),
        };
    }

    /// <summary>Repeats a load until hardly anything is compiled any more: on a busy machine that takes long, and it would be counted.</summary>
    /// <param name="load">Some seconds of it; it is told how often it was repeated.</param>
    public async Task WarmUpAsync(Func<int, Task> load)
    {
        var compiled = 0L;
        for (var i = 0; i < MostWarmUps; i++)
        {
            await load(i);
            var now = (await worker.HeapAsync()).Compiled;
            if (i > 0 && now - compiled < FewMethods)
            {
                return;
            }

            compiled = now;
        }
    }

    /// <summary>The worker collects its garbage and forgets its peak.</summary>
    public async Task ResetAsync()
    {
        await worker.HeapAsync(collects: true);
        PeakMemory.Reset(worker.Id);
    }

    /// <summary>Gives the messages of a queue to its trigger, as the host does, until there are none.</summary>
    public async Task DrainAsync(string queue, string trigger)
    {
        using var end = new CancellationTokenSource();
        var client = new QueueClient(storage.ConnectionString, queue, new QueueClientOptions { Transport = near });
        string? failure = null;
        var pumping = Pump(queue, trigger, outcome => failure ??= outcome).RunAsync(end.Token);
        while (failure is null && (await client.GetPropertiesAsync(CancellationToken.None)).Value.ApproximateMessagesCount > 0)
        {
            await Task.Delay(Look, TimeProvider.System);
        }

        await end.CancelAsync();
        await pumping;
        if (failure is not null)
        {
            throw new InvalidOperationException($"{trigger}: {failure}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        host.Terminate();
        await worker.EndedAsync();
        worker.Dispose();
        await host.DisposeAsync();
        await Twilio.DisposeAsync();
        await storage.DisposeAsync();
        near.Dispose();
    }

    private QueuePump Pump(string queue, string trigger, Action<string> failed)
    {
        var calls = new StorageCalls(new(storage.ConnectionString, null, null), new(storage.ConnectionString), new(storage.ConnectionString), near);
        return new(Open(queue), Open($"{queue}-poison"), calls.Queue(queue), InvokeAsync, queues, TimeProvider.System, NullLogger.Instance);

        async Task InvokeAsync(Azure.Storage.Queues.Models.QueueMessage message, CancellationToken stopping)
        {
            if (await host.DeliverAsync(trigger, message) is var outcome and not FunctionsHost.Success)
            {
                failed(outcome);
                throw new InvalidOperationException(outcome);
            }
        }
    }

    private QueueClient Open(string queue) => new(storage.ConnectionString, queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None, Transport = near });

    private static Dictionary<string, string?> Settings(MemoryStorageServer storage, TwilioServer twilio, FunctionsHost host, HostQueueSettings queues)
    {
        var inFlight = queues.BatchSize + queues.Threshold;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [StorageServices.Setting] = storage.ConnectionString,
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "", // whatever this process has
            ["Limits:RequestsPerMinute"] = "1000000", // the limits of one caller are not what is measured
            ["Limits:RecipientsPerDay"] = "1000000000",
            ["Sending:SegmentsPerSecond"] = "10000",
            ["Sending:MaxConcurrency"] = inFlight.ToString(CultureInfo.InvariantCulture),
            ["AzureFunctionsJobHost:extensions:queues:batchSize"] = queues.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["AzureFunctionsJobHost:extensions:queues:newBatchThreshold"] = queues.Threshold.ToString(CultureInfo.InvariantCulture),
            ["Webhooks:PublicBaseUrl"] = host.Url.ToString(),
        };
        SimulatedTwilio.Use(twilio, settings);
        return settings;
    }

    // The tables and queues are made while the app starts.
    private async Task ReadyAsync()
    {
        for (var i = 0; i < Patience; i++)
        {
            using var answer = await Http.GetAsync("/api/health/ready");
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new InvalidOperationException($"The worker does not become ready: {worker.Output}");
    }
}

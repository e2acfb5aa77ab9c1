using System.Collections.Concurrent;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using BulkSms.LocalHost.Pump;
using BulkSms.Storage.Calls;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace BulkSms.Tests.Pump;

/// <summary>The Functions host's semantics, as facts about a running queue.</summary>
public sealed class QueuePumpTests(AzuriteFixture azurite)
{
    private static readonly HostQueueSettings Settings = new()
    {
        BatchSize = 4,
        NewBatchThreshold = 4,
        MaxDequeueCount = 3,
        VisibilityTimeout = TimeSpan.FromSeconds(1),
        MaxPollingInterval = TimeSpan.FromMilliseconds(200),
    };

    [Fact]
    public async Task Run_HandlerSucceeds_DeletesTheMessage()
    {
        await using var run = await PumpRun.StartAsync(azurite.NewAccount(), Settings, (_, _) => Task.CompletedTask);

        await run.SendAsync("one", "two");

        await run.EmptyAsync();
        Assert.Equal(["one", "two"], run.Handled.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_HandlerAlwaysFails_PoisonsTheBodyAloneAfterMaxDequeueCount()
    {
        await using var run = await PumpRun.StartAsync(azurite.NewAccount(), Settings, (_, _) => throw new InvalidOperationException());

        await run.SendAsync("bad");

        var poison = await Eventually.GetAsync(run.PoisonAsync, poison => poison.Count == 1);
        await run.EmptyAsync();
        Assert.Equal("bad", poison[0]);
        Assert.Equal(3, run.Handled.Count);
    }

    [Fact]
    public async Task Run_HostsDiedOfTheMessage_PoisonsItWithoutAnotherCall()
    {
        var account = azurite.NewAccount();
        var queue = new QueueClient(account, "work", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateAsync();
        await queue.SendMessageAsync("deadly");
        for (var i = 0; i < Settings.MaxDequeueCount; i++)
        {
            var taken = (await queue.ReceiveMessageAsync()).Value;
            await queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, visibilityTimeout: TimeSpan.Zero); // as if its invisibility had ended
        }

        await using var run = await PumpRun.StartAsync(account, Settings, (_, _) => Task.CompletedTask);

        var poison = await Eventually.GetAsync(run.PoisonAsync, poison => poison.Count == 1);
        await run.EmptyAsync();
        Assert.Equal("deadly", poison[0]);
        Assert.Empty(run.Handled);
    }

    [Fact]
    public async Task Run_MessageThatIsNotBase64_GoesToPoisonUnreadAndUnchanged()
    {
        await using var run = await PumpRun.StartAsync(azurite.NewAccount(), Settings, (_, _) => Task.CompletedTask);

        await run.Raw.SendMessageAsync("not base64!");

        await Eventually.GetAsync(async () => (await run.RawPoison.PeekMessagesAsync(1)).Value.FirstOrDefault()?.MessageText, text => text == "not base64!");
        Assert.Empty(run.Handled);
    }

    [Fact]
    public async Task Run_SlowHandlers_RunsNoMoreThanBatchSizePlusThreshold()
    {
        var (running, most, counting) = (0, 0, new Lock());
        await using var run = await PumpRun.StartAsync(
            azurite.NewAccount(),
            Settings,
            async (_, released) =>
            {
                lock (counting)
                {
                    most = Math.Max(most, ++running);
                }

                await released;
                lock (counting)
                {
                    running--;
                }
            },
            [.. Enumerable.Range(0, 20).Select(i => $"{i}")]);

        await Eventually.TrueAsync(() => run.Handled.Count >= 8);
        run.Release();
        await run.EmptyAsync();

        Assert.Equal((8, 20), (most, run.Handled.Count));
    }

    [Fact]
    public async Task Run_HandlerOutlivesItsInvisibility_IsRenewedAndNotDeliveredTwice()
    {
        await using var run = await PumpRun.StartAsync(
            azurite.NewAccount(), Settings with { Invisibility = TimeSpan.FromSeconds(10) }, (_, released) => released, "long");

        await Eventually.TrueAsync(() => run.Handled.Count == 1);
        var begun = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(begun) > TimeSpan.FromSeconds(15)); // one and a half: renewed at half of it, with time to spare on a busy machine
        run.Release();
        await run.EmptyAsync();

        Assert.Single(run.Handled);
    }

    [Fact]
    public async Task Run_ToldToStop_EndsWhenWhatRunsHasEndedAndStartsNothingNew()
    {
        await using var run = await PumpRun.StartAsync(azurite.NewAccount(), Settings, (_, released) => released, "running");
        await Eventually.TrueAsync(() => run.Handled.Count == 1);

        var stopped = run.StopAsync();
        Assert.False(stopped.IsCompleted);
        await run.SendAsync("too late");
        run.Release();
        await stopped.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(["running"], run.Handled);
    }

    private sealed class PumpRun : IAsyncDisposable
    {
        private readonly CancellationTokenSource stopping = new();
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task pumping = Task.CompletedTask;

        private PumpRun(string storage)
        {
            Raw = new QueueClient(storage, "work");
            RawPoison = new QueueClient(storage, "work-poison");
            Queue = new QueueClient(storage, "work", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
            Poison = new QueueClient(storage, "work-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        }

        public ConcurrentQueue<string> Handled { get; } = [];

        public QueueClient Raw { get; }

        public QueueClient RawPoison { get; }

        private QueueClient Queue { get; }

        private QueueClient Poison { get; }

        /// <summary>Starts a pump over a queue that holds messages already; the handler gets a task that ends at <see cref="Release"/>.</summary>
        public static async Task<PumpRun> StartAsync(string storage, HostQueueSettings settings, Func<BinaryData, Task, Task> handle, params string[] bodies)
        {
            var run = new PumpRun(storage);
            await run.Queue.CreateIfNotExistsAsync();
            await run.Poison.CreateAsync();
            await run.SendAsync(bodies);
            var pump = new QueuePump(
                run.Raw,
                run.RawPoison,
                new StorageCalls(new(storage, null, null), new(storage), new(storage), HttpClientTransport.Shared).Queue("work"),
                (message, _) =>
                {
                    run.Handled.Enqueue(message.Body.ToString());
                    return handle(message.Body, run.released.Task);
                },
                settings,
                TimeProvider.System,
                NullLogger.Instance);
            run.pumping = pump.RunAsync(run.stopping.Token);
            return run;
        }

        public Task SendAsync(params string[] bodies) => Task.WhenAll(bodies.Select(body => Queue.SendMessageAsync(body)));

        public async Task<IReadOnlyList<string>> PoisonAsync() =>
            [.. (await Poison.PeekMessagesAsync(32)).Value.Select(message => message.Body.ToString())];

        public Task EmptyAsync() =>
            Eventually.GetAsync(async () => (await Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);

        public void Release() => released.TrySetResult();

        public async Task StopAsync()
        {
            await stopping.CancelAsync();
            await pumping;
        }

        public async ValueTask DisposeAsync()
        {
            Release();
            await StopAsync();
            stopping.Dispose();
        }
    }
}

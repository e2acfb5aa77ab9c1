using System.Diagnostics;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.MemoryStorage;
using BulkSms.Sending;
using BulkSms.Sending.Pool;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Sending.Pool;

/// <summary>Rate limiters that share one rate over storage in memory, on a clock that a test moves.</summary>
internal sealed class SharingInstances : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(3);
    private readonly MemoryAccount account;
    private readonly List<Instance> all = [];

    public SharingInstances()
    {
        account = new(Clock);
        Recorded = new(new MemoryTransport(account, TimeSpan.Zero, TimeProvider.System));
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));

    public RecordingTransport Recorded { get; }

    public async Task<Instance> AddAsync(double rate = 100)
    {
        var faults = new FaultyTransport(Recorded);
        var options = StorageServices.Tune(new TableClientOptions(), faults);
        options.Retry.MaxRetries = 0;
        var tables = new TableServiceClient(MemoryTransport.ConnectionString, options);
        await tables.CreateTableIfNotExistsAsync(TableNames.SendingShares);
        var sending = Options.Create(new SendingOptions { SegmentsPerSecond = rate, MaxConcurrency = 1000, RateRecovery = TimeSpan.FromHours(1) });
        var keeper = new ShareKeeper(Table(tables), sending, PoolTimes.Default, Clock, NullLogger<ShareKeeper>.Instance);
        var instance = new Instance(new(sending, Clock, null, keeper), keeper, faults);
        keeper.Serve(instance);
        all.Add(instance);
        return instance;
    }

    public async Task<int> RowsAsync()
    {
        var tables = new TableServiceClient(MemoryTransport.ConnectionString, StorageServices.Tune(new TableClientOptions(), Recorded));
        return (await Table(tables).ReadAsync(default)).Count;
    }

    /// <summary>Time passes.</summary>
    public async Task PassAsync(double seconds)
    {
        await RestAsync();
        for (var end = Clock.GetUtcNow().AddSeconds(seconds); Clock.GetUtcNow() < end;)
        {
            Clock.Advance(Step);
            await RestAsync();
        }
    }

    /// <summary>Nothing is under way but what waits for the clock.</summary>
    public async Task RestAsync()
    {
        var (before, since) = (State, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < Quiet || !all.TrueForAll(each => each.IsAtRest))
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
            await turn.Task;
            if (State != before)
            {
                (before, since) = (State, Stopwatch.GetTimestamp());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in all)
        {
            await instance.DisposeAsync();
        }
    }

    private static ShareTable Table(TableServiceClient tables) => new(tables, Options.Create(new TwilioOptions { MessagingServiceSid = "MG00000000000000000000000000000000" }));

    private (long Begun, long Ended) State => (Recorded.Begun, Recorded.Ended);

    /// <summary>One of them.</summary>
    public sealed class Instance(SendRateLimiter limiter, ShareKeeper keeper, FaultyTransport storage) : IShareUser, IAsyncDisposable
    {
        private readonly CancellationTokenSource end = new();

        public SendRateLimiter Limiter => limiter;

        public FaultyTransport Storage => storage;

        public bool IsAtRest => keeper.IsAtRest;

        /// <summary>How many messages went.</summary>
        public int Sent => Volatile.Read(ref sent);

        private int sent;

        /// <summary>Whether it fails when it is asked what it could use.</summary>
        public bool FailsToSay { get; set; }

        public ShareUse Ask() => FailsToSay ? throw new InvalidOperationException("as a test wants it") : ((IShareUser)limiter).Ask();

        public void Use(PoolMember? member, Deadline? lease) => ((IShareUser)limiter).Use(member, lease);

        /// <summary>A message waits, and goes.</summary>
        public async Task SendAsync(int segments = 1, bool isHigh = false)
        {
            using var lease = await limiter.EnterAsync(segments, end.Token, isHigh);
            Assert.NotNull(await limiter.HandOverAsync(segments, new(TimeProvider.System, TimeSpan.FromHours(1)), isHigh));
            Interlocked.Increment(ref sent);
        }

        /// <summary>Many messages wait.</summary>
        public void Backlog(int count, bool isHigh = false) => _ = Task.WhenAll(Enumerable.Range(0, count).Select(_ => SendAsync(1, isHigh)));

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await keeper.DisposeAsync();
        }
    }
}

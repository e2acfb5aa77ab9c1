using Azure.Storage.Blobs;
using BulkSms.Storage.Calls;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Storage;

/// <summary>
/// Creates the tables, queues and containers once the app has started, unless the infrastructure makes them: before, it would take the processor from what answers. While storage is away it
/// keeps trying in the background: requests get a 503 until it is back.
/// </summary>
public sealed partial class StorageSetup(
    StorageCalls calls, BlobServiceClient blobs, IOptions<StorageOptions> options, IHostApplicationLifetime app, TimeProvider time, ILogger<StorageSetup> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when everything exists.</summary>
    public Task Ready => ready.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        while (true)
        {
            try
            {
                await (options.Value.CreateMissing ? CreateAllAsync(stoppingToken) : Task.CompletedTask);
                ready.TrySetResult();
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // away, or the identity has no roles yet
            {
                Log.StorageAway(logger, e.GetType().Name);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = app.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }

    private Task CreateAllAsync(CancellationToken cancellation) => Task.WhenAll(
    [
        .. TableNames.All.Select(name => calls.Table(name).CreateAsync(cancellation)),
        .. QueueNames.All.Select(name => calls.Queue(name).CreateAsync(cancellation)),
        .. ContainerNames.All.Select(name => blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellation)),
    ]);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "Storage does not answer ({Fault}); trying again")]
        public static partial void StorageAway(ILogger logger, string fault);
    }
}

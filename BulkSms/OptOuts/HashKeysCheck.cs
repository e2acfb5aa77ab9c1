using BulkSms.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BulkSms.OptOuts;

/// <summary>
/// Reads the keys once, before anything else starts: an app that could not tell whom it must not text stops there and names the key that is missing. While storage is away it is not known which keys
/// are needed; then the opt-out list, which is read before anything is sent, tells.
/// </summary>
public sealed partial class HashKeysCheck(KeptOptOuts kept, ILogger<HashKeysCheck> logger) : IHostedLifecycleService
{
    private readonly Lock beginning = new();
    private Task? begun;

    /// <summary>Begins to read them; a second time it is the same reading. A host that is about to start may begin early.</summary>
    public Task BeginAsync(CancellationToken cancellation)
    {
        lock (beginning)
        {
            return begun ??= CheckAsync(cancellation);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => BeginAsync(cancellationToken).WaitAsync(cancellationToken);

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await kept.CheckAsync(cancellationToken);
        }
        catch (Exception e) when (e.IsUnavailable() && !cancellationToken.IsCancellationRequested)
        {
            Log.NotChecked(logger, e.GetType().Name);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(EventId = 2213, Level = LogLevel.Warning, Message = "Storage or the vault does not answer ({Fault}): whether every key is there that hashes of erased persons refer to is checked when the opt-out list is read")]
        public static partial void NotChecked(ILogger logger, string fault);
    }
}

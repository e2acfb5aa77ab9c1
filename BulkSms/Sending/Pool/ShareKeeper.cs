using Azure;
using BulkSms.Common;
using BulkSms.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending.Pool;

/// <summary>
/// Renews this instance's row while there is something to send, and tells the rate limiter its share. Nothing of a message waits for it but the first after a rest. While storage
/// does not answer the share ends by itself, and with it all sending: a claim would need storage too.
/// </summary>
public sealed partial class ShareKeeper(ShareTable table, IOptions<SendingOptions> options, PoolTimes times, TimeProvider time, ILogger<ShareKeeper> logger) : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(1);
    private readonly Lock @lock = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Sleep sleep = new(time);
    private readonly long start = time.GetTimestamp();
    private IShareUser? user;
    private Task running = Task.CompletedTask;
    private bool isRunning;
    private volatile bool isAnnounced;
    private volatile bool isAway;
    private PoolMember? member;
    private ShareRow? row;
    private string? version;
    private Deadline? lease;

    /// <summary>Whether it waits for its next renewal, or has nothing to renew.</summary>
    public bool IsAtRest => running.IsCompleted || sleep.IsAsleep;

    private Moment Now => new(time.GetElapsedTime(start), time.GetUtcNow());

    /// <summary>Who uses the share.</summary>
    public void Serve(IShareUser limiter) => user = limiter;

    /// <summary>Something is to be sent: a share is needed, unless it is asked for already.</summary>
    public void Want()
    {
        if (isAnnounced)
        {
            return;
        }

        lock (@lock)
        {
            if (stop.IsCancellationRequested)
            {
                return;
            }

            isAnnounced = true;
            if (isRunning)
            {
                sleep.Wake();
                return;
            }

            isRunning = true;
            running = Task.Run(RunAsync);
        }
    }

    public void Dispose() => stop.Cancel();

    /// <summary>Others take over at once, instead of after some seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        user?.Use(null, null);
        if (member is null || version is null)
        {
            return;
        }

        try
        {
            using var patience = new CancellationTokenSource(LeavePatience, time);
            await table.WriteAsync(member.Begin(Now, default, 1), version, patience.Token);
        }
        catch (Exception)
        {
            // they find it gone
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var (begun, seen, isRenewed) = (Now, sleep.Wakes, false);
                try
                {
                    if (user!.Ask() is { IdleFor: var idle } && idle >= times.Linger && await LeaveAsync())
                    {
                        return;
                    }

                    isRenewed = await RenewAsync();
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    Tell(e); // it must not end the renewals, and with them all sending
                }

                var next = (isRenewed ? times.Renewal : times.Retry) - Now.Since(begun);
                await (next > TimeSpan.Zero ? sleep.ForAsync(next, seen, stop.Token) : Task.CompletedTask);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // the app ends
        }
    }

    private async Task<bool> RenewAsync()
    {
        if (member is null)
        {
            var now = Now;
            (member, version, lease) = (new(times, Guid.NewGuid().ToString("N"), options.Value.SegmentsPerSecond, now.Wall.UtcTicks), null, null);
        }

        using var limit = new CancellationTokenSource(times.Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, limit.Token);
        var wanted = new Deadline(time, times.Lease);
        isAnnounced = false; // what comes from here on wakes this
        var use = user!.Ask();
        var announced = SharePolicy.Announced(use.Demand, member.OthersWant);
        isAnnounced = !announced.IsNone;
        row = member.Begin(Now, announced, use.Limit);
        var written = await TryAsync(async () =>
        {
            version = await table.WriteAsync(row, version, linked.Token);
            member.Written(Now);
        });
        var read = await TryAsync(async () =>
        {
            var from = Now;
            var rows = await table.ReadAsync(linked.Token);
            version = rows.FirstOrDefault(each => each.Row.Instance == row.Instance)?.Version;
            member.Read(from, Now, rows);
        });
        lease = member.WrittenSequence == row.Sequence ? wanted : lease;
        var used = read && await TryAsync(() => // a fault in it must not end the renewals, and with them all sending
        {
            user.Use(member, lease);
            return Task.CompletedTask;
        });
        return written && used;
    }

    // Whether it may end: nothing came meanwhile.
    private async Task<bool> LeaveAsync()
    {
        user!.Use(null, null);
        if (row is { } mine && version is { } known)
        {
            await TryAsync(() => table.DeleteAsync(mine.Instance, known, stop.Token));
        }

        (member, row, version, lease) = (null, null, null, null);
        lock (@lock)
        {
            isAnnounced = false;
            isRunning = user.Ask().IdleFor == TimeSpan.Zero;
            return !isRunning;
        }
    }

    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            isAway = false;
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict() || (e.IsNotFound() && !e.IsNotSetUp()))
        {
            return false; // an earlier write was applied after all, or the row was taken away: the reading tells
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            Tell(e);
            return false;
        }
    }

    private void Tell(Exception e)
    {
        if (!isAway)
        {
            Log.Away(logger, e.GetType().Name);
        }

        isAway = true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2425, Level = LogLevel.Warning, Message = "The share of the rate could not be renewed ({Fault}): after some seconds nothing is sent until it is")]
        public static partial void Away(ILogger logger, string fault);
    }
}

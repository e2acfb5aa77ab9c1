using BulkSms.Outbox;
using BulkSms.Recipients;
using BulkSms.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>Tells soon of what this instance has written. What it does not come to, the sweeper does.</summary>
public sealed partial class EventsService(
    FinishedRecipients finished, TellFinished tell, EventOutbox outbox, RelayOutbox relay, StorageSetup storage, IOptions<EventOptions> options, TimeProvider time, ILogger<EventsService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.Ready.WaitAsync(stoppingToken);
        await Task.WhenAll(RelayAsync(stoppingToken), GatherAsync(stoppingToken));
    }

    private async Task RelayAsync(CancellationToken stopping)
    {
        while (true)
        {
            await outbox.WaitAsync(stopping);
            await TryAsync(() => relay.RunAsync(stopping), stopping);
        }
    }

    private async Task GatherAsync(CancellationToken stopping)
    {
        while (true)
        {
            var gathered = new Dictionary<string, List<Recipient>>(StringComparer.Ordinal) { };
            await AddAsync(gathered, await finished.All.ReadAsync(stopping));
            using var end = new CancellationTokenSource(options.Value.GatherFor, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, stopping);
            try
            {
                while (true)
                {
                    await AddAsync(gathered, await finished.All.ReadAsync(either.Token));
                }
            }
            catch (OperationCanceledException)
            {
                // all that came in time; also when the host stops
            }

            foreach (var (broadcastId, rows) in gathered)
            {
                await TryAsync(() => tell.RunAsync(broadcastId, rows, CancellationToken.None), stopping);
            }
        }
    }

    private async Task AddAsync(Dictionary<string, List<Recipient>> gathered, Recipient row)
    {
        var id = row.Key.BroadcastId;
        if (!gathered.TryGetValue(id, out var rows))
        {
            gathered[id] = rows = [];
        }

        rows.Add(row);
        if (rows.Count == TellFinished.MostInABatch)
        {
            gathered.Remove(id);
            await TryAsync(() => tell.RunAsync(id, rows, CancellationToken.None), CancellationToken.None);
        }
    }

    private async Task TryAsync(Func<Task> act, CancellationToken stopping)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            Log.Interrupted(logger, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3301, Level = LogLevel.Warning, Message = "Events could not be told at once ({Fault}); the sweeper tells of them")]
        public static partial void Interrupted(ILogger logger, string fault);
    }
}

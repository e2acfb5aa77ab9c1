using BulkSms.Chaos.Actors;
using BulkSms.Chaos.Invariants;
using BulkSms.Chaos.Twilio;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos;

/// <summary>Waits, for a while, until nothing moves any more. What has not come to rest by then the invariants tell.</summary>
public sealed class Rest(StoredState stored, IReadOnlyList<TwilioServer> twilios, LeaseBreaker leases, FirstPartJudge judge, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>How long it took.</summary>
    public async Task<TimeSpan> WaitAsync()
    {
        var begun = time.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, time);
        while (!patience.IsCancellationRequested && !await IsRestingAsync(patience.Token))
        {
            await leases.BreakAsync(); // of a sweeper that died
            await judge.ResumeFailedAsync();
            await Task.Delay(Look, time);
        }

        return time.GetElapsedTime(begun);
    }

    private async Task<bool> IsRestingAsync(CancellationToken patience)
    {
        try
        {
            await Task.WhenAll(twilios.Select(twilio => twilio.WhenIdleAsync(patience)));
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        var queues = new Evidence { Queues = await stored.QueuesAsync() };
        if (QueuesAreEmpty.Check(queues).Any())
        {
            return false; // the rows are many
        }

        var evidence = queues with { Rows = await stored.RowsAsync(), Broadcasts = await stored.BroadcastsAsync(), Messages = TwilioRecord.Messages(twilios) };
        await judge.CancelUndecidableAsync(evidence);
        return !NothingIsOpen.Check(evidence).Any() && evidence.Rows.All(row => !row.IsUntold) && evidence.Broadcasts.All(broadcast => IsClosedOrCannotBe(broadcast, evidence.Rows));
    }

    private bool IsClosedOrCannotBe(StoredBroadcast broadcast, IReadOnlyList<Recipient> rows)
    {
        var own = rows.Where(row => row.Key.BroadcastId == broadcast.Id).ToArray();
        return own.Length == broadcast.RecipientsCount && (broadcast.Totals is not null || own.Any(row => !RecipientStatus.IsFinal(row.Status)));
    }
}

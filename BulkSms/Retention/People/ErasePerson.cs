using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;

namespace BulkSms.Retention.People;

/// <summary>
/// Erases a person everywhere, phase by phase (<see cref="ErasePhase"/>). How far it has come stands in the row of the request; a phase that waits for something is gone through again at the next
/// sweep.
/// </summary>
public sealed class ErasePerson(
    BroadcastStore store, ErasePersonFromBroadcast broadcasts, EraseUnread unread, KeptOptOuts kept, OutboundQueue outbound, PersonJobs jobs, IEnumerable<IPersonalData> others, TimeProvider time)
{
    public const string ForQueue = "send jobs that were written before";
    private const int Slice = 200;
    private const int Concurrency = 8;
    private readonly IPersonalData[] others = [.. others];

    /// <summary>Goes on with an erasure until it is finished, or waits for something.</summary>
    public async Task RunAsync(PersonJob job, CancellationToken cancellation)
    {
        PersonJob? now = job;
        while (now is not null)
        {
            var (next, waitingFor) = now.Phase switch
            {
                ErasePhase.Block => (await BlockAsync(now, cancellation), null),
                ErasePhase.Stop => await StopAsync(now, cancellation),
                ErasePhase.Broadcasts => await SliceAsync(now, cancellation),
                ErasePhase.Others => await OthersAsync(now, cancellation),
                _ => await QueueAsync(now, cancellation),
            };
            if (next is null)
            {
                await jobs.TryEndAsync(now, now.Ended(PersonJobStatus.Completed, time.GetUtcNow()), cancellation);
                return;
            }

            now = next == now && waitingFor == now.WaitingFor ? null : await jobs.TrySaveAsync(next with { WaitingFor = waitingFor }, cancellation);
            if (waitingFor is not null)
            {
                return; // the next sweep looks again
            }
        }
    }

    private async Task<PersonJob?> BlockAsync(PersonJob job, CancellationToken cancellation)
    {
        if (job.KeepOptOut)
        {
            await kept.KeepAsync(job.Person, cancellation);
        }

        return job with { Phase = ErasePhase.Stop };
    }

    // All of them before any row is erased: who reconciles a message in doubt asks the person's other rows which of Twilio's messages are theirs.
    private async Task<(PersonJob?, string?)> StopAsync(PersonJob job, CancellationToken cancellation)
    {
        var active = await store.ListActiveAsync(cancellation).ToListAsync(cancellation);
        var result = await EachAsync(active.ToAsyncEnumerable().Select(async (string id, CancellationToken stop) => await store.FindBriefAsync(id, stop)).OfType<Broadcast>(), job, mayErase: false, cancellation);
        var stopped = StoppedBy(result, job);
        return (result.WaitingFor is null ? stopped with { Phase = ErasePhase.Broadcasts } : stopped, result.WaitingFor);
    }

    private async Task<(PersonJob?, string?)> SliceAsync(PersonJob job, CancellationToken cancellation)
    {
        var some = await store.ListBriefAsync(job.DoneTo, cancellation).Take(Slice).ToListAsync(cancellation);
        if (some.Count == 0)
        {
            return (job with { Phase = ErasePhase.Others, GoneAt = time.GetUtcNow() }, null);
        }

        var result = await EachAsync(some.ToAsyncEnumerable(), job, mayErase: true, cancellation);
        var erased = StoppedBy(result, job) with { Messages = job.Messages + result.Erased };
        return result.WaitingFor is { } waitingFor ? (erased, waitingFor) : (erased with { DoneTo = some[^1].Id, BroadcastsDone = job.BroadcastsDone + some.Count }, null);
    }

    // What is waited for may write another send job.
    private PersonJob StoppedBy(ErasePersonFromBroadcast.Result result, PersonJob job) =>
        job with { StoppedAt = result.Canceled > 0 || result.WaitingFor is not null ? time.GetUtcNow() : job.StoppedAt };

    private async Task<ErasePersonFromBroadcast.Result> EachAsync(IAsyncEnumerable<Broadcast> some, PersonJob job, bool mayErase, CancellationToken cancellation)
    {
        var results = new System.Collections.Concurrent.ConcurrentBag<ErasePersonFromBroadcast.Result>();
        await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation }, async (broadcast, stop) =>
            results.Add(await broadcasts.RunAsync(broadcast, job, mayErase, stop)));
        return results.Aggregate(new ErasePersonFromBroadcast.Result(null, 0, 0), (sum, each) => sum + each);
    }

    private async Task<(PersonJob?, string?)> OthersAsync(PersonJob job, CancellationToken cancellation)
    {
        var waitingFor = await unread.RunAsync(job, cancellation);
        var erasure = new Erasure(job.Person, job.KeepOptOut, job.GoneAt ?? time.GetUtcNow());
        foreach (var other in others)
        {
            waitingFor = await other.EraseAsync(erasure, cancellation) ?? waitingFor;
        }

        return (waitingFor is null ? job with { Phase = ErasePhase.Queue } : job, waitingFor);
    }

    // A send job holds number and text. Those that were written for rows which waited are dropped when a sender comes to them: that takes as long as what stands before them.
    private async Task<(PersonJob?, string?)> QueueAsync(PersonJob job, CancellationToken cancellation) =>
        job.StoppedAt is not { } stopped || await outbound.HasLeftAsync(stopped, cancellation) ? (null, null) : (job, ForQueue);
}

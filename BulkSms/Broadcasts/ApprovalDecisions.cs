using Azure;
using Azure.Data.Tables;
using BulkSms.Security;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>What came of a decision.</summary>
public enum DecisionOutcome
{
    /// <summary>It is as was asked for: by this request, or by one before.</summary>
    Done,

    /// <summary>The broadcast needs no approval.</summary>
    NotNeeded,

    /// <summary>The caller has sent the broadcast itself.</summary>
    Own,

    /// <summary>The broadcast was decided otherwise, was canceled, or has expired.</summary>
    TooLate,

    /// <summary>There is no such broadcast.</summary>
    Gone,
}

/// <summary>
/// Decides on broadcasts that need an approval, each once: a decision is one write under the ETag with which the broadcast was read as awaiting. So of an approval, a rejection, a
/// cancellation and the end of its time at once, one comes first and the others see it.
/// </summary>
public sealed class ApprovalDecisions(BroadcastStore store, TableServiceClient service, TimeProvider time)
{
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    /// <summary>Whether a decision may be made, or is made already (<see cref="DecisionOutcome.Done"/>).</summary>
    /// <param name="broadcast">As it was read.</param>
    /// <param name="caller">Who decides. Callers are told apart by their identity, whichever keys or tokens they have.</param>
    /// <param name="wanted"><see cref="ApprovalStatus.Approved"/> or <see cref="ApprovalStatus.Rejected"/>.</param>
    public DecisionOutcome Check(Broadcast broadcast, Caller caller, string wanted) =>
        broadcast.Approval is not { } approval ? DecisionOutcome.NotNeeded
        : broadcast.CreatedById is null || broadcast.CreatedById == caller.Id ? DecisionOutcome.Own
        : approval.Status == wanted || (broadcast.AwaitsApproval && broadcast.ExpiresAt > time.GetUtcNow()) ? DecisionOutcome.Done
        : DecisionOutcome.TooLate;

    /// <summary>Approves or rejects. Doing it twice is harmless.</summary>
    /// <inheritdoc cref="Check"/>
    /// <returns>What came of it, and the broadcast as it is then.</returns>
    public async Task<(DecisionOutcome Outcome, Broadcast? Broadcast)> DecideAsync(string broadcastId, Caller caller, string wanted, string? comment, CancellationToken cancellation)
    {
        while (await store.FindAsync(broadcastId, cancellation) is { } broadcast)
        {
            var outcome = Check(broadcast, caller, wanted);
            if (outcome is not DecisionOutcome.Done || broadcast.Approval!.Status == wanted)
            {
                return (outcome, broadcast);
            }

            if (await TryWriteAsync(broadcast, new(wanted, caller.Name, time.GetUtcNow(), comment), cancellation) is { } decided)
            {
                return (outcome, decided);
            }
        }

        return (DecisionOutcome.Gone, null);
    }

    /// <summary>Ends the wait for an approval: the broadcast's time is over.</summary>
    /// <returns>The broadcast as it is then; null when it was decided meanwhile.</returns>
    public Task<Broadcast?> TryExpireAsync(Broadcast broadcast, CancellationToken cancellation) =>
        TryWriteAsync(broadcast, new(ApprovalStatus.Expired, null, time.GetUtcNow()), cancellation);

    /// <summary>
    /// Rejects a broadcast that awaited its approval at the time to which storage was restored: it may have been approved and sent since, and to approve it again would text people twice.
    /// </summary>
    /// <inheritdoc cref="TryExpireAsync"/>
    public Task<Broadcast?> TryRejectDoubtfulAsync(Broadcast broadcast, CancellationToken cancellation) => TryWriteAsync(
        broadcast, new(ApprovalStatus.Rejected, null, time.GetUtcNow(), "storage was restored: it may have been approved and sent since"), cancellation);

    // A rejection ends the broadcast as a cancellation does.
    private async Task<Broadcast?> TryWriteAsync(Broadcast broadcast, Approval approval, CancellationToken cancellation)
    {
        var isRejected = approval.Status == ApprovalStatus.Rejected;
        var changes = new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcast.Id));
        BroadcastRow.Write(approval, changes);
        if (isRejected)
        {
            changes[BroadcastRow.Canceled] = true;
        }

        try
        {
            var written = await table.UpdateEntityAsync(changes, broadcast.ETag, TableUpdateMode.Merge, cancellation);
            return broadcast with { Approval = approval, IsCanceled = broadcast.IsCanceled || isRejected, ETag = written.Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (e.IsConflict() || (e.IsNotFound() && !e.IsNotSetUp()))
        {
            return null; // another writer, or our own first try: the row tells
        }
    }
}

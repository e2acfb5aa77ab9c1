using BulkSms.Broadcasts;
using BulkSms.Poison;
using BulkSms.Recipients;

namespace BulkSms.Retention.People;

/// <summary>
/// Erases a person from one broadcast, so that its totals stay. The list comes first: fan-out makes no row of them any more. Then the rows: what waits is canceled, what is in doubt is left to be
/// reconciled, and what has ended makes room for a row that is counted and tells nothing. Each step may be interrupted and is done again.
/// </summary>
public sealed class ErasePersonFromBroadcast(
    BroadcastStore store, RecipientTable recipients, ErasePersonFromLists lists, RequestTraces traces, ClosedBroadcasts closed, PoisonTable poison, ErasureTimes times)
{
    public const string ForFanOut = "a fan-out that may have read the list before";
    public const string ForTwilio = "what became of a call to Twilio";
    private const int Tries = 20;

    /// <summary>Recipients of the largest broadcast whose recipients may all be one person.</summary>
    private const int MostOfOne = RecipientList.MaxCopies;

    /// <summary>Goes through a broadcast.</summary>
    /// <param name="brief">The broadcast, without text and recipients.</param>
    /// <param name="job">The request.</param>
    /// <param name="mayErase">Whether rows are erased; else what waits is canceled and no more: of messages in doubt in other broadcasts, these rows may tell whose they are.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<Result> RunAsync(Broadcast brief, PersonJob job, bool mayErase, CancellationToken cancellation)
    {
        var person = job.Person;
        var keys = PersonInBroadcasts.KeysOf(brief, person);
        var isThere = brief.FannedOutAt is null || brief.ListVersion > 0 || (await Task.WhenAll(keys.Select(each => recipients.ReadAsync(each.Key, cancellation)))).Any(found => found is not null);
        var broadcast = isThere ? await ChangeListAsync(brief, person, job.Secret!, cancellation) : null;
        var result = new Result(broadcast is null || times.FanOutIsOver(broadcast) ? null : ForFanOut, 0, 0);
        foreach (var (key, number) in keys.Where(_ => broadcast is not null))
        {
            result += await OneAsync(broadcast!, key, ErasedPlace.Of(key, number, job.Secret!), mayErase && result.WaitingFor is null, cancellation);
        }

        if (!mayErase || result.WaitingFor is not null)
        {
            return result;
        }

        if (broadcast is { ListVersion: > 0, RecipientsCount: <= MostOfOne } && await store.FindAsync(brief.Id, cancellation) is { ErasedAt: null } whole)
        {
            await lists.ForgetTextAsync(whole, cancellation);
        }

        await Task.WhenAll(keys.Select(each => poison.DeleteAsync(each.Key, cancellation))); // after the rows: what comes later finds no row, and goes
        await EraseSkippedAsync(brief, person, cancellation);
        return result;
    }

    // The broadcast as it is afterwards; null: it is erased as a whole.
    private async Task<Broadcast?> ChangeListAsync(Broadcast brief, Person person, byte[] secret, CancellationToken cancellation)
    {
        await lists.FromRecipientsAsync(
            brief.Id, recipient => person.Has(recipient.To) ? ErasedPlace.Of(brief.KeyOf(recipient), recipient.To, secret) : null, cancellation);
        return await store.FindWithoutRecipientsAsync(brief.Id, cancellation) is { ErasedAt: null } now ? now : null;
    }

    private async Task<Result> OneAsync(Broadcast broadcast, RecipientKey key, ErasedPlace place, bool mayErase, CancellationToken cancellation)
    {
        var canceled = 0;
        for (var i = 0; i < Tries; i++)
        {
            if (await recipients.ReadAsync(key, cancellation) is not { Row: var row } reading)
            {
                return new(null, canceled, 0);
            }

            switch (row.Status)
            {
                case RecipientStatus.Pending:
                    canceled += await recipients.TryApplyAsync(row, new RecipientEvent.Erased(), cancellation) is null ? 0 : 1;
                    break;
                case RecipientStatus.Sending or RecipientStatus.Unconfirmed when !times.DoubtIsOver(reading):
                    return new(ForTwilio, canceled, 0);
                case var _ when !mayErase:
                    return new(null, canceled, 0);
                case var _ when await TryEraseAsync(broadcast, row, place, cancellation):
                    return new(null, canceled, 1);
            }
        }

        throw new TimeoutException("The row kept changing.");
    }

    private async Task<bool> TryEraseAsync(Broadcast broadcast, Recipient row, ErasedPlace place, CancellationToken cancellation)
    {
        await traces.ForgetAsync(broadcast, cancellation); // from them it could be tried out who was in the list
        if (broadcast.CompletedAt is null && !await closed.ReopenAsync(broadcast.Id, cancellation))
        {
            return true; // erased as a whole. Else nothing is counted meanwhile: a row that takes another's place could count twice
        }

        return await recipients.TryReplaceAsync(row, ErasedRecipient.RowOf(row, place, times.Now), cancellation);
    }

    private async Task EraseSkippedAsync(Broadcast brief, Person person, CancellationToken cancellation)
    {
        if (brief.SkippedBlob is null || await store.FindWithoutRecipientsAsync(brief.Id, cancellation) is not { } broadcast
            || !await store.SkippedOfAsync(broadcast, 0, cancellation).AnyAsync(each => PersonInBroadcasts.IsTheirs(each.Entry, person), cancellation))
        {
            return;
        }

        await traces.ForgetAsync(broadcast, cancellation);
        await lists.FromSkippedAsync(brief.Id, entry => PersonInBroadcasts.IsTheirs(entry, person), cancellation);
    }

    /// <summary>What came of it.</summary>
    /// <param name="WaitingFor">What is waited for, in words; null: nothing of the person is left here.</param>
    /// <param name="Canceled">Messages that were waiting, and are canceled.</param>
    /// <param name="Erased">Rows that were erased.</param>
    public sealed record Result(string? WaitingFor, int Canceled, int Erased)
    {
        public static Result operator +(Result one, Result other) => new(one.WaitingFor ?? other.WaitingFor, one.Canceled + other.Canceled, one.Erased + other.Erased);
    }
}

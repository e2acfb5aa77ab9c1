using BulkSms.Broadcasts;
using BulkSms.Poison;

namespace BulkSms.Retention.People;

/// <summary>Erases what may hold a person's number and belongs to no broadcast: messages that could not be read, lists of requests that came to no commit, and results of earlier exports.</summary>
public sealed class EraseUnread(PersonInBroadcasts broadcasts, PoisonTable poison, BroadcastStore store, PersonJobs jobs, ResultBlobs results)
{
    public const string ForLists = "lists of requests that were not accepted";
    public const string ForExport = "an export of the same person";

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>Erases it.</summary>
    /// <returns>What is waited for; null: nothing is left.</returns>
    public async Task<string?> RunAsync(PersonJob job, CancellationToken cancellation)
    {
        await foreach (var entry in broadcasts.UnreadAsync(job.Person, cancellation))
        {
            await poison.DeleteAsync(entry.Id, cancellation);
        }

        await foreach (var export in jobs.ListResultsAsync(job.Phone!, cancellation))
        {
            await results.DeleteAsync(export.Id, cancellation);
            await jobs.ForgetResultAsync(export, cancellation);
        }

        // What was left when the request came goes now if it is old enough, and else a little later.
        var (person, until) = (job.Person, job.CreatedAt + ClocksDiffer);
        var isLeft = await store.EraseOrphanedListsAsync(until, each => person.Has(each.To), entry => PersonInBroadcasts.IsTheirs(entry, person), cancellation);
        return isLeft ? ForLists : await jobs.FindOpenAsync(PersonJobKind.Export, job.Phone!, cancellation) is { } open && open.CreatedAt <= job.CreatedAt ? ForExport : null;
    }
}

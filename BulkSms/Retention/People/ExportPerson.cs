using System.Text.Json.Nodes;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention.People;

/// <summary>Collects what is stored of a person: some broadcasts at a time, each part kept in a blob, and then the rest. Interrupted anywhere, it goes on with the part that was not finished.</summary>
public sealed class ExportPerson(
    BroadcastStore store, PersonInBroadcasts broadcasts, PersonJobs jobs, ResultBlobs blobs, IEnumerable<IPersonalData> others, IOptions<PeopleOptions> options, TimeProvider time)
{
    /// <summary>Broadcasts of one part.</summary>
    internal const int Slice = 200;

    private const int Concurrency = 16;
    private readonly IPersonalData[] others = [.. others];

    /// <summary>Goes on with an export until it is finished.</summary>
    public async Task RunAsync(PersonJob job, CancellationToken cancellation)
    {
        PersonJob? now = job;
        while (now is not null && await NextAsync(now.DoneTo, cancellation) is { Count: > 0 } some)
        {
            var items = await CollectAsync(now.Person, some, cancellation);
            if (items.Count > 0)
            {
                await blobs.WritePartAsync(now.Id, now.BroadcastsDone, items, cancellation);
            }

            now = await jobs.TrySaveAsync(
                now with { DoneTo = some[^1].Id, BroadcastsDone = now.BroadcastsDone + some.Count, Messages = now.Messages + items.Count(each => each.List == PersonInBroadcasts.Messages) }, cancellation);
        }

        if (now is not null)
        {
            await FinishAsync(now, cancellation);
        }
    }

    // Broadcasts that are accepted meanwhile stand before those that are done, and are left out.
    private async Task<List<Broadcast>> NextAsync(string? after, CancellationToken cancellation) => await store.ListBriefAsync(after, cancellation).Take(Slice).ToListAsync(cancellation);

    private async Task<List<(string List, JsonObject Item)>> CollectAsync(Person person, List<Broadcast> some, CancellationToken cancellation)
    {
        var items = new List<(string, JsonObject)>[some.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, some.Count), new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation }, async (i, stop) =>
            items[i] = await broadcasts.ExportAsync(some[i], person, stop).ToListAsync(stop));
        return [.. items.SelectMany(each => each)];
    }

    private async Task FinishAsync(PersonJob job, CancellationToken cancellation)
    {
        var person = job.Person;
        var lists = PersonInBroadcasts.Lists.Concat(others.SelectMany(other => other.Lists)).ToDictionary(name => name, _ => new JsonArray(), StringComparer.Ordinal);
        await foreach (var (list, item) in blobs.ReadPartsAsync(job.Id, cancellation))
        {
            lists[list].Add(item);
        }

        await foreach (var unread in broadcasts.UnreadAsync(person, cancellation))
        {
            lists[PersonInBroadcasts.Poison].Add(PersonInBroadcasts.PoisonItem(unread));
        }

        await foreach (var (list, item) in others.ToAsyncEnumerable().SelectMany(other => other.ExportAsync(person, cancellation)))
        {
            lists[list].Add(item);
        }

        var result = new JsonObject
        {
            ["phone"] = person.Phone,
            ["numbers"] = new JsonArray([.. person.Numbers.Select(number => (JsonNode)number)]),
            ["exportedAt"] = UtcTime.Write(time.GetUtcNow()),
        };
        foreach (var (name, items) in lists)
        {
            result[name] = items;
        }

        await blobs.WriteResultAsync(job.Id, result, cancellation);
        await blobs.DeletePartsAsync(job.Id, cancellation);
        var ended = time.GetUtcNow();
        await jobs.TryEndAsync(job, job.Ended(PersonJobStatus.Completed, ended) with { ResultUntil = ended + options.Value.KeepResultFor }, cancellation);
    }
}

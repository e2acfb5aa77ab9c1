using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Retention.People;

/// <summary>
/// The table People: a row for each request about a person's data; a marker for each that has not ended, by a hash of the number, so that there is one of a kind for a person at a time; and a marker
/// for each result of an export that is kept. A request and its marker are written in one transaction.
/// </summary>
public sealed class PersonJobs(TableServiceClient service, TimeProvider time)
{
    private const string Partition = "people";
    private const string OpenPrefix = "m-";
    private const string ResultPrefix = "x-";
    private const string JobId = "jobId";
    private const int Tries = 20;
    private readonly TableClient table = service.GetTableClient(TableNames.People);

    /// <summary>Starts a request, or finds the one of its kind that has not ended.</summary>
    /// <returns>The request, and whether it is new.</returns>
    public async Task<(PersonJob Job, bool IsNew)> StartAsync(PersonJobKind kind, string phone, bool keepOptOut)
    {
        var wanted = PersonJob.New(kind, phone, keepOptOut, time.GetUtcNow());
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                await table.SubmitTransactionAsync(
                    [new(TableTransactionActionType.Add, Marker(wanted)), new(TableTransactionActionType.Add, wanted.Write(Partition))]);
                return (wanted, true);
            }
            catch (RequestFailedException e) when (e.IsConflict())
            {
                if (await FindAsync(wanted.Id, CancellationToken.None) is { } own)
                {
                    return (own, true); // our own first try, whose answer was lost
                }
            }

            if (await FindOpenAsync(kind, phone, CancellationToken.None) is { } other)
            {
                return (other, false);
            }
        }

        throw new TimeoutException("The request kept changing.");
    }

    /// <summary>A request; null: there is none of this id.</summary>
    public async Task<PersonJob?> FindAsync(string id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, PersonJob.RowPrefix + id, cancellationToken: cancellation);
        return found.HasValue ? PersonJob.Read(found.Value!) : null;
    }

    /// <summary>The request of a kind for a person that has not ended; null: there is none.</summary>
    public async Task<PersonJob?> FindOpenAsync(PersonJobKind kind, string phone, CancellationToken cancellation)
    {
        var marker = await table.GetEntityIfExistsAsync<TableEntity>(Partition, MarkerOf(kind, phone), cancellationToken: cancellation);
        return marker.HasValue && await FindAsync(marker.Value!.GetString(JobId), cancellation) is { HasEnded: false } job ? job : null;
    }

    /// <summary>Those that have not ended, the oldest first.</summary>
    public async Task<IReadOnlyList<PersonJob>> ListOpenAsync(CancellationToken cancellation)
    {
        var open = new List<PersonJob>();
        await foreach (var marker in table.QueryAsync<TableEntity>(Range(OpenPrefix), cancellationToken: cancellation))
        {
            if (await FindAsync(marker.GetString(JobId), cancellation) is { HasEnded: false } job)
            {
                open.Add(job);
            }
        }

        return [.. open.OrderBy(job => job.CreatedAt)];
    }

    /// <summary>Writes how far it has come, if its row is still the one that was read.</summary>
    /// <returns>As it is then; null: another instance is at it.</returns>
    public async Task<PersonJob?> TrySaveAsync(PersonJob job, CancellationToken cancellation)
    {
        try
        {
            var written = await table.UpdateEntityAsync(job.Write(Partition), job.ETag, TableUpdateMode.Replace, cancellation);
            return job with { ETag = written.Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return null;
        }
    }

    /// <summary>Ends a request: its row forgets the number, and its marker goes; that of its result comes, if there is one.</summary>
    /// <param name="job">As it was read.</param>
    /// <param name="ended">As it is to be.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False: another instance is at it.</returns>
    public async Task<bool> TryEndAsync(PersonJob job, PersonJob ended, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.UpdateReplace, ended.Write(Partition), job.ETag),
                    new(TableTransactionActionType.Delete, Marker(job), ETag.All),
                    .. ended.ResultUntil is null ? Array.Empty<TableTransactionAction>() : [new(TableTransactionActionType.UpsertReplace, Result(job))],
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            return false;
        }
    }

    /// <summary>Exports of a person whose results are kept.</summary>
    public async IAsyncEnumerable<PersonJob> ListResultsAsync(string phone, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var marker in table.QueryAsync<TableEntity>(Range($"{ResultPrefix}{PersonJob.HashOf(phone)}-"), cancellationToken: cancellation))
        {
            if (await FindAsync(marker.GetString(JobId), cancellation) is { } job)
            {
                yield return job;
            }
        }
    }

    /// <summary>Notes that a result is deleted.</summary>
    public async Task ForgetResultAsync(PersonJob job, CancellationToken cancellation)
    {
        await foreach (var marker in table.QueryAsync<TableEntity>(
            $"{Range(ResultPrefix)} and {TableClient.CreateQueryFilter($"jobId eq {job.Id}")}", cancellationToken: cancellation))
        {
            await table.DeleteEntityAsync(marker.PartitionKey, marker.RowKey, ETag.All, cancellation);
        }

        if (job.ResultUntil is not null)
        {
            await TrySaveAsync(job with { ResultUntil = null }, cancellation);
        }
    }

    /// <summary>Ended requests whose results are to be deleted by a time.</summary>
    public IAsyncEnumerable<PersonJob> ListResultsUntilAsync(DateTimeOffset time, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>($"{Range(PersonJob.RowPrefix)} and {TableClient.CreateQueryFilter($"resultUntil lt {time}")}", cancellationToken: cancellation)
        .Select(PersonJob.Read)
        .Where(job => job.ResultUntil is not null);

    /// <summary>Forgets requests that ended before a time.</summary>
    public Task<int> DeleteEndedBeforeAsync(DateTimeOffset before, CancellationToken cancellation) => table.DeleteAllAsync(
        $"{Range(PersonJob.RowPrefix)} and {TableClient.CreateQueryFilter($"endedAt lt {before} and endedAt gt {NoTime.Value}")}", cancellation);

    private static TableEntity Marker(PersonJob job) => new(Partition, MarkerOf(job.Kind, job.Phone!)) { [JobId] = job.Id };

    private static string MarkerOf(PersonJobKind kind, string phone) => $"{OpenPrefix}{kind}-{PersonJob.HashOf(phone)}";

    private static TableEntity Result(PersonJob job) => new(Partition, $"{ResultPrefix}{PersonJob.HashOf(job.Phone!)}-{job.Id}") { [JobId] = job.Id };

    private static string Range(string prefix) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {Partition} and RowKey gt {prefix} and RowKey lt {prefix[..^1] + (char)(prefix[^1] + 1)}");
}

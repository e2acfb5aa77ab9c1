using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention.People;

/// <summary>
/// Goes on with requests about persons' data, the oldest first, as long as its part of a sweep lasts. It may die anywhere, and two may do it at once: what is done is done again without harm.
/// </summary>
public sealed partial class RunPersonJobs(
    PersonJobs jobs, ExportPerson export, ErasePerson erase, ResultBlobs results, IOptions<PeopleOptions> options, IOptions<RetentionOptions> retention, TimeProvider time, ILogger<RunPersonJobs> logger)
{
    /// <summary>How long one part may take: it shares host.json's functionTimeout with the sweeper.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(50);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private DateTimeOffset nextTrim = DateTimeOffset.MinValue;

    /// <summary>Does a part. What fails is told in the log, and tried again at the next sweep.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, stopping);
        try
        {
            await ForgetAsync(either.Token);
            foreach (var job in await jobs.ListOpenAsync(either.Token))
            {
                await OneAsync(job, either.Token);
            }
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            Log.GoesOn(logger);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            Log.NotRead(logger, e.GetType().Name);
        }
    }

    // One that fails keeps no other waiting.
    private async Task OneAsync(PersonJob job, CancellationToken cancellation)
    {
        try
        {
            if (await jobs.TrySaveAsync(job with { Status = PersonJobStatus.Running }, cancellation) is not { } running)
            {
                return;
            }

            await (job.Kind is PersonJobKind.Export ? export.RunAsync(running, cancellation) : erase.RunAsync(running, cancellation));
            if (await jobs.FindAsync(job.Id, cancellation) is { HasEnded: true } ended)
            {
                Log.Ended(logger, ended.Kind, ended.Id, ended.Messages);
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.Interrupted(logger, job.Kind, job.Id, e.GetType().Name);
        }
    }

    // Results as soon as it is time; requests when they are as old as personal data may be.
    private async Task ForgetAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (now < nextTrim)
        {
            return;
        }

        await foreach (var job in jobs.ListResultsUntilAsync(now, cancellation))
        {
            await results.DeleteAsync(job.Id, cancellation);
            await jobs.ForgetResultAsync(job, cancellation);
        }

        await jobs.DeleteEndedBeforeAsync(now - TimeSpan.FromDays(retention.Value.Days), cancellation);
        nextTrim = now + (options.Value.KeepResultFor < Pause ? options.Value.KeepResultFor : Pause);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2803, Level = LogLevel.Information, Message = "The {Kind} {JobId} of a person's data has ended: {Messages} messages")]
        public static partial void Ended(ILogger logger, PersonJobKind kind, string jobId, int messages);

        [LoggerMessage(EventId = 2804, Level = LogLevel.Information, Message = "Requests about persons' data are not finished; the next sweep goes on with them")]
        public static partial void GoesOn(ILogger logger);

        [LoggerMessage(EventId = 2805, Level = LogLevel.Warning, Message = "The {Kind} {JobId} of a person's data was interrupted ({Fault}); the next sweep goes on with it")]
        public static partial void Interrupted(ILogger logger, PersonJobKind kind, string jobId, string fault);

        [LoggerMessage(EventId = 2806, Level = LogLevel.Warning, Message = "Requests about persons' data could not be read ({Fault}); the next sweep tries again")]
        public static partial void NotRead(ILogger logger, string fault);
    }
}

using Azure;
using BulkSms.Common;
using Microsoft.Extensions.Logging;

namespace BulkSms.OptOuts;

/// <summary>What an opt-out or its taking back leads to. The list first, then each row that waits: see <see cref="EnqueueSendJobs"/>.</summary>
public sealed partial class ChangeOptOuts(OptOutList list, OptOutCache watch, ApplyOptOuts stop, ReviewHolds holds, ReleaseHolds release, OptOutMetrics metrics, TimeProvider time, ILogger<ChangeOptOuts> logger)
{
    /// <summary>How long the sweeper repeats what follows from an opt-out: the instance that wrote it may have died right after.</summary>
    private static readonly TimeSpan RepeatFor = TimeSpan.FromMinutes(15);

    private const int TransactionsAtOnce = 4;
    private const int Tries = 20;

    /// <summary>Puts numbers on the list and stops what waits for them, in every broadcast. Doing it twice is harmless: the first opt-out's time stays.</summary>
    /// <param name="numbers">Each phone once.</param>
    /// <param name="source">One of <see cref="OptOutSource"/>.</param>
    /// <param name="done">Is told what is done.</param>
    /// <returns>How many were not on the list, and how many messages were waiting.</returns>
    /// <exception cref="Exception">Storage is away. Some may be done: it is to be repeated.</exception>
    public async Task<(int Added, int Stopped)> AddAsync(IReadOnlyCollection<string> numbers, string source, WorkDone? done = null)
    {
        done ??= new();
        var added = numbers.Count == 1
            ? await AddEachAsync(numbers, source, done)
            : await AddManyAsync(numbers, source, done);
        done.Say("Every number is on the opt-out list. Messages that wait for them are stopped by the sweeper within minutes, and until then some may be sent.");
        var stopped = await stop.InEveryBroadcastAsync(numbers, CancellationToken.None);
        done.Count("messagesStopped", stopped);
        done.Say("Every number is on the opt-out list, and what waited for them is stopped.");
        await watch.ReadAsync(); // what is accepted here from now on knows it
        Log.Added(logger, source, added, stopped);
        return (added, stopped);
    }

    /// <summary>Puts a phone on the list because of what it texted, and stops what waits for it. The text is handled then; doing it twice is harmless.</summary>
    public async Task HearAsync(string phone, string source, HeardText text)
    {
        var added = false;
        for (var i = 0; ; i++)
        {
            var known = await list.FindEntryAsync(phone, CancellationToken.None);
            if (await list.TryHearAsync(phone, source, text, known, CancellationToken.None))
            {
                added = known is null;
                break;
            }

            if (i == Tries)
            {
                throw new TimeoutException("The list kept changing.");
            }
        }

        metrics.Heard(text);
        var stopped = await ApplyAsync(phone);
        Log.Added(logger, source, added ? 1 : 0, stopped);
    }

    /// <summary>Stops what waits for a phone that is on the list.</summary>
    public async Task<int> ApplyAsync(string phone)
    {
        var stopped = await stop.InEveryBroadcastAsync([phone], CancellationToken.None);
        await watch.ReadAsync(); // what is accepted here from now on knows it
        return stopped;
    }

    /// <summary>Takes a number off the list. What was stopped stays so; it counts from the next broadcast on.</summary>
    /// <param name="number">Whose.</param>
    /// <param name="done">Is told what is done.</param>
    /// <param name="read">Its row as it was read; null: however it is.</param>
    /// <returns>Whether it was on the list, as it was read.</returns>
    public async Task<bool> RemoveAsync(string number, WorkDone? done = null, ETag? read = null)
    {
        done?.Begin();
        var removed = await list.TryRemoveAsync(number, CancellationToken.None, read);
        done?.Say("The number is off the opt-out list.");
        await watch.ReadAsync();
        Log.Removed(logger, removed);
        return removed;
    }

    /// <summary>Makes this instance know that a text has taken a phone off the list.</summary>
    public async Task TakenBackAsync()
    {
        await watch.ReadAsync();
        Log.Removed(logger, found: true);
    }

    /// <summary>Stops once more what waits for those who opted out in the last 15 minutes; holds and releases likewise. One that fails keeps no other waiting.</summary>
    /// <exception cref="AggregateException">Some could not be done; all others were.</exception>
    public async Task RepeatRecentAsync(CancellationToken cancellation)
    {
        var (changes, asOf) = await list.ChangesSinceAsync(time.GetUtcNow() - RepeatFor, cancellation);
        var recent = new OptOutSet([], asOf).With(changes, asOf);
        var optedOut = changes.Where(change => change is { IsReview: false, IsKept: false }).Select(change => change.Phone).Where(recent.Contains).ToHashSet(StringComparer.Ordinal);
        var reviewed = changes.Where(change => change.IsReview).Select(change => change.Phone).Distinct(StringComparer.Ordinal).ToLookup(recent.IsInReview);
        var faults = new List<Exception>();
        await TryAsync(optedOut, StopAgainAsync);
        await TryAsync(reviewed[true], phones => holds.InEveryBroadcastAsync(phones, cancellation));
        await TryAsync(reviewed[false], phones => release.InEveryBroadcastAsync(phones, cancellation));
        if (faults.Count > 0)
        {
            throw new AggregateException(faults);
        }

        async Task StopAgainAsync(string[] phones)
        {
            if (await stop.InEveryBroadcastAsync(phones, cancellation) is var stopped and > 0)
            {
                Log.Repeated(logger, stopped);
            }
        }

        async Task TryAsync(IEnumerable<string> phones, Func<string[], Task> act)
        {
            try
            {
                await ForAnyAsync(phones, act);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                faults.Add(e);
            }
        }
    }

    private async Task<int> AddManyAsync(IReadOnlyCollection<string> numbers, string source, WorkDone done)
    {
        var known = await watch.ReadAsync();
        done.Begin();
        var added = 0;
        if (IsListing(source))
        {
            await Parallel.ForEachAsync(
                numbers.Where(known.Contains).Chunk(OptOutList.TransactionSize),
                new ParallelOptions { MaxDegreeOfParallelism = TransactionsAtOnce },
                async (chunk, _) => await MarkListedAsync(chunk));
        }

        await Parallel.ForEachAsync(
            numbers.Where(number => !known.Contains(number)).Chunk(OptOutList.TransactionSize),
            new ParallelOptions { MaxDegreeOfParallelism = TransactionsAtOnce },
            async (chunk, _) =>
            {
                if (!await list.TryAddAsync(chunk, source, CancellationToken.None))
                {
                    Interlocked.Add(ref added, await AddEachAsync(chunk, source, done));
                    return;
                }

                Interlocked.Add(ref added, chunk.Length);
                done.Count("added", chunk.Length);
            });
        return added;
    }

    private async Task<int> AddEachAsync(IEnumerable<string> numbers, string source, WorkDone done)
    {
        done.Begin();
        var added = 0;
        foreach (var number in numbers)
        {
            if (await list.TryAddAsync([number], source, CancellationToken.None))
            {
                added++;
                done.Count("added", 1);
            }
            else if (IsListing(source))
            {
                await list.TryMarkListedAsync([number], CancellationToken.None);
            }
        }

        return added;
    }

    private async Task MarkListedAsync(string[] numbers)
    {
        if (await list.TryMarkListedAsync(numbers, CancellationToken.None))
        {
            return;
        }

        foreach (var number in numbers) // one of them was taken off meanwhile
        {
            await list.TryMarkListedAsync([number], CancellationToken.None);
        }
    }

    private static bool IsListing(string source) => source is OptOutSource.Api or OptOutSource.Import;

    private static async Task ForAnyAsync(IEnumerable<string> phones, Func<string[], Task> act)
    {
        if (phones.ToArray() is { Length: > 0 } some)
        {
            await act(some);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "Opt-outs by {Source}: {Added} new, {Stopped} messages that waited are stopped")]
        public static partial void Added(ILogger logger, string source, int added, int stopped);

        [LoggerMessage(EventId = 2202, Level = LogLevel.Information, Message = "An opt-out is taken back (it was on the list: {Found})")]
        public static partial void Removed(ILogger logger, bool found);

        [LoggerMessage(EventId = 2203, Level = LogLevel.Warning, Message = "{Stopped} messages still waited for people who had opted out; they are stopped")]
        public static partial void Repeated(ILogger logger, int stopped);
    }
}

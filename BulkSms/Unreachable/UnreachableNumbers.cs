using System.Collections.Concurrent;
using System.Collections.Frozen;
using BulkSms.Common;
using BulkSms.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Unreachable;

/// <summary>
/// Learns from results which numbers cannot get texts, and tells of them. It advises: no promise depends on it, so whatever fails here, or hangs, costs a lesson and never a result.
/// </summary>
public sealed partial class UnreachableNumbers
{
    /// <summary>Twilio's codes that speak of the number itself: not valid, not a mobile, unknown to its carrier, a landline or a carrier that takes none.</summary>
    public static readonly FrozenSet<int> Codes = FrozenSet.ToFrozenSet([21211, 21614, 30005, 30006]);

    /// <summary>How old knowledge may be. What other instances learn comes this late.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>A number that fails again within this is not written again.</summary>
    private static readonly TimeSpan SameFailure = TimeSpan.FromDays(1);

    /// <summary>How long a result waits for its lesson: Twilio waits 15 s for the answer to a callback.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly UnreachableTable table;
    private readonly UnreachableOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<UnreachableNumbers> logger;
    private readonly SharedReading<Known> readings;
    private Known? known;

    public UnreachableNumbers(UnreachableTable table, IOptions<UnreachableOptions> options, TimeProvider time, ILogger<UnreachableNumbers> logger)
    {
        (this.table, this.options, this.time, this.logger) = (table, options.Value, time, logger);
        readings = new(ReadAsync);
    }

    /// <summary>What is known of numbers, as of at most 10 minutes ago: gives, for a number, when and why it could not get a text; null: nothing is known against it.</summary>
    public async Task<Func<string, UnreachableNumber?>> RecentAsync()
    {
        if (options.Days == 0)
        {
            return _ => null;
        }

        var numbers = (await CurrentAsync()).Numbers;
        return number => numbers.TryGetValue(UnreachableTable.KeyOf(number), out var found) ? found : null;
    }

    /// <summary>A message to a number failed.</summary>
    /// <param name="number">E.164.</param>
    /// <param name="code">Twilio's code; one that does not speak of the number teaches nothing.</param>
    public Task FailedAsync(string number, int code) => !Codes.Contains(code) ? Task.CompletedTask : LearnAsync(async numbers =>
    {
        var (key, now) = (UnreachableTable.KeyOf(number), time.GetUtcNow());
        if (!numbers.TryGetValue(key, out var before) || before.Code != code || now - before.Since >= SameFailure)
        {
            await table.WriteAsync(key, new(code, now), CancellationToken.None);
            numbers[key] = new(code, now);
        }
    });

    /// <summary>A message to a number was delivered: nothing is known against it any more.</summary>
    public Task DeliveredAsync(string number) => LearnAsync(async numbers =>
    {
        var key = UnreachableTable.KeyOf(number);
        if (numbers.ContainsKey(key))
        {
            await table.RemoveAsync(key, CancellationToken.None);
            numbers.TryRemove(key, out _);
        }
    });

    /// <summary>Deletes what is too old to count.</summary>
    public Task ForgetAsync(CancellationToken cancellation) => table.DeleteBeforeAsync(Oldest, cancellation);

    private DateTimeOffset Oldest => time.GetUtcNow() - TimeSpan.FromDays(options.Days);

    private async Task LearnAsync(Func<ConcurrentDictionary<string, UnreachableNumber>, Task> learn)
    {
        if (options.Days == 0)
        {
            return;
        }

        try
        {
            await WorkAsync().WaitAsync(LongestWait, time); // what takes longer goes on behind
        }
        catch (Exception e)
        {
            Log.NotLearned(logger, e.GetType().Name);
        }

        async Task WorkAsync() => await learn((await CurrentAsync()).Numbers);
    }

    private async Task<Known> CurrentAsync() => Volatile.Read(ref known) is { IsOld.HasPassed: false } recent ? recent : await readings.ReadAsync();

    private async Task<Known> ReadAsync()
    {
        var isOld = new Deadline(time, MaxAge);
        var read = new Known(await table.ReadAsync(Oldest, CancellationToken.None), isOld);
        Volatile.Write(ref known, read);
        return read;
    }

    private sealed record Known(ConcurrentDictionary<string, UnreachableNumber> Numbers, Deadline IsOld);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1601, Level = LogLevel.Warning, Message = "What a result says of its number is not kept: storage does not answer ({Fault})")]
        public static partial void NotLearned(ILogger logger, string fault);
    }
}

using System.Collections.Concurrent;

namespace BulkSms.Security.Usage;

/// <summary>Counts what holders use of their limits, over all instances: see <see cref="SharedCounter"/>.</summary>
public sealed class UsageCounters(UsageTable table, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(UsageKind Kind, string Holder), SharedCounter> counters = new();

    /// <summary>Takes what a request demands: all of it or nothing.</summary>
    /// <exception cref="Exception">Storage is away: nothing is taken for this request.</exception>
    public async Task<UsageReservation> TakeAsync(IReadOnlyCollection<UsageDemand> demands)
    {
        if (demands.FirstOrDefault(demand => demand.Amount is null || demand.Amount > demand.Limit.Most) is { } never)
        {
            return new() { Refusal = await ReadAsync(never.Limit) };
        }

        var reservation = new UsageReservation();
        try
        {
            foreach (var (limit, amount) in demands)
            {
                if (amount > 0 && await TakeAsync(reservation, limit, amount.Value) is { } refusal)
                {
                    await reservation.ReturnAsync();
                    return new() { Refusal = refusal };
                }
            }
        }
        catch
        {
            await reservation.ReturnAsync();
            throw;
        }

        return reservation;
    }

    /// <summary>How much of a limit is used now, by all instances.</summary>
    /// <exception cref="Exception">Storage is away.</exception>
    public async Task<UsageState> ReadAsync(UsageLimit limit)
    {
        var window = UsageWindow.Of(limit.Kind, time.GetUtcNow());
        var row = await table.ReadAsync(limit.Holder, window);
        return new(limit, row.Used - Of(limit).FreeIn(window), window.Ends);
    }

    public void Dispose()
    {
        foreach (var counter in counters.Values)
        {
            counter.Dispose();
        }
    }

    private async Task<UsageState?> TakeAsync(UsageReservation reservation, UsageLimit limit, long amount)
    {
        var counter = Of(limit);
        var (window, refusal) = await counter.TakeAsync(limit, amount);
        if (refusal is null)
        {
            reservation.Add(() => counter.ReturnAsync(limit, window, amount));
        }

        return refusal;
    }

    private SharedCounter Of(UsageLimit limit) => counters.GetOrAdd((limit.Kind, limit.Holder), key => new SharedCounter(table, key.Holder, key.Kind, time));
}

/// <summary>What was taken for one request.</summary>
public sealed class UsageReservation
{
    private readonly List<Func<Task>> returns = [];

    /// <summary>The limit that did not allow it, and then nothing is taken; null: all of it is taken.</summary>
    public UsageState? Refusal { get; init; }

    /// <summary>Gives it back: nothing was accepted, and nothing of it can be any more. Once.</summary>
    public async Task ReturnAsync()
    {
        foreach (var each in returns)
        {
            await each();
        }

        returns.Clear();
    }

    internal void Add(Func<Task> back) => returns.Add(back);
}

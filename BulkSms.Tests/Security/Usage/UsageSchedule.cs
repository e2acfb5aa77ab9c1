using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BulkSms.MemoryStorage;
using BulkSms.Security.Usage;
using BulkSms.Storage;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Security.Usage;

/// <summary>
/// Requests to several instances at once, over one storage, as a seed wants: how large the limit is, which part of the calls fails, which requests come to nothing, when an instance dies and another takes its place. Two days of it.
/// </summary>
internal sealed class UsageSchedule
{
    private const int Workers = 6;
    private const int RequestsOfOne = 10;
    private static readonly long[] Sizes = [5, 60, 1000, 40_000];
    private readonly int seed;
    private readonly Random chance;
    private readonly FakeTimeProvider clock = new(new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private readonly UnreliableTransport transport;
    private readonly HttpPipelineTransport reliable;
    private readonly UsageLimit limit;
    private readonly UsageCounters[] instances;
    private readonly long largest;
    private long accepted; // and not given back
    private long highest;
    private int lives;

    public UsageSchedule(int seed)
    {
        (this.seed, chance) = (seed, new Random(seed));
        reliable = new MemoryTransport(new MemoryAccount(clock), TimeSpan.Zero, TimeProvider.System);
        transport = new(reliable, new Random(seed), seed % 3 == 0 ? 0 : 0.15);
        limit = new(UsageKind.RecipientsPerDay, "key:shop", "Limits:RecipientsPerDay", Sizes[chance.Next(Sizes.Length)]);
        largest = Math.Max(1, limit.Most / (1 + chance.Next(30)));
        instances = new UsageCounters[2 + chance.Next(3)];
    }

    /// <summary>A table whose calls are made once.</summary>
    public static async Task<UsageTable> TableAsync(HttpPipelineTransport transport)
    {
        var options = StorageServices.Tune(new TableClientOptions(), transport);
        options.Retry.MaxRetries = 0;
        var service = new TableServiceClient(MemoryTransport.ConnectionString, options);
        await Record.ExceptionAsync(() => service.CreateTableIfNotExistsAsync(TableNames.Usage));
        return new(service, service);
    }

    public async Task RunAsync()
    {
        await TableAsync(reliable);
        for (var i = 0; i < instances.Length; i++)
        {
            await BeginAsync(i);
        }

        await DayAsync();
        clock.Advance(TimeSpan.FromHours(13));
        await DayAsync();
    }

    private async Task DayAsync()
    {
        var (brokenBefore, livesBefore) = (transport.Broken, lives);
        (accepted, highest) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(new Random((seed * Workers) + worker)))));
        await transport.LateAsync();

        var table = await TableAsync(reliable);
        var used = (await table.ReadAsync(limit.Holder, UsageWindow.Of(limit.Kind, clock.GetUtcNow()))).Used;
        Assert.True(highest <= limit.Most, $"Seed {seed}: {highest} of {limit.Most} were accepted.");
        Assert.True(used >= accepted && used <= limit.Most, $"Seed {seed}: {used} are used, {accepted} accepted, {limit.Most} allowed.");

        // Lost is at most what instances have taken ahead, and what a call of an unknown outcome was about: the requests that waited then.
        var (ahead, broken) = (limit.Most / SharedCounter.AheadPart, transport.Broken - brokenBefore);
        var mayBeLost = (ahead * (instances.Length + lives - livesBefore)) + (broken * ((Workers * largest) + ahead));
        Assert.True(used - accepted <= mayBeLost, $"Seed {seed}: {used - accepted} are lost of {limit.Most}, with {broken} calls broken.");
        var rest = (await new UsageCounters(table, clock).TakeAsync([new(limit, limit.Most - used)])).Refusal;
        Assert.True(rest is null, $"Seed {seed}: what is left cannot be taken.");
    }

    private async Task WorkAsync(Random own)
    {
        for (var i = 0; i < RequestsOfOne; i++)
        {
            var (amount, instance) = (1 + own.NextInt64(largest), own.Next(instances.Length));
            var (comesToNothing, dies) = (own.Next(4) == 0, own.Next(25) == 0);
            try
            {
                var reservation = await instances[instance].TakeAsync([new(limit, amount)]);
                if (reservation.Refusal is null)
                {
                    await AcceptAsync(reservation, amount, comesToNothing);
                }
            }
            catch (Exception e) when (e.IsUnavailable())
            {
                // 503: nothing is accepted
            }

            if (dies)
            {
                await BeginAsync(instance);
            }
        }
    }

    private async Task AcceptAsync(UsageReservation reservation, long amount, bool comesToNothing)
    {
        var now = Interlocked.Add(ref accepted, amount);
        for (var before = highest; before < now && Interlocked.CompareExchange(ref highest, now, before) != before; before = highest)
        {
            // another was higher
        }

        if (comesToNothing)
        {
            Interlocked.Add(ref accepted, -amount);
            await reservation.ReturnAsync();
        }
    }

    private async Task BeginAsync(int instance)
    {
        instances[instance] = new(await TableAsync(transport), clock);
        Interlocked.Increment(ref lives);
    }
}

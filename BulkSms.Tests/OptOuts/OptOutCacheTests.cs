using Azure.Data.Tables;
using BulkSms.OptOuts;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.OptOuts;

public sealed class OptOutCacheTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Fact]
    public async Task Read_AfterALongerSilenceThanTheLogIsKept_KnowsWhoOptedOutMeanwhile()
    {
        var service = new TableServiceClient(memory.NewAccount());
        await service.CreateTableIfNotExistsAsync(TableNames.OptOuts);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var list = new OptOutList(service, clock);
        var watch = new OptOutCache(list, clock);
        Assert.True(await list.TryAddAsync([Bob], OptOutSource.Text, default));
        Assert.False((await watch.ReadAsync()).Contains(Ada));

        Assert.True(await list.TryAddAsync([Ada], OptOutSource.Text, default)); // by another instance
        clock.Advance(TimeSpan.FromHours(49));
        await list.TrimLogAsync(clock.GetUtcNow() - OptOutList.LogKeptFor, default);

        Assert.Empty((await list.ChangesSinceAsync(DateTimeOffset.UnixEpoch.AddYears(1), default)).Changes);
        var known = await watch.ReadAsync();
        Assert.Equal((true, true), (known.Contains(Ada), known.Contains(Bob)));
    }

    [Fact]
    public async Task Read_AReloadWasBegunBeforeTheSilence_IsForgotten()
    {
        var service = new TableServiceClient(memory.NewAccount());
        await service.CreateTableIfNotExistsAsync(TableNames.OptOuts);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var list = new OptOutList(service, clock);
        var watch = new OptOutCache(list, clock);
        await watch.ReadAsync();
        clock.Advance(TimeSpan.FromMinutes(61));
        await watch.ReadAsync(); // begins to reload
        await list.LoadAsync(default); // by now it has ended

        Assert.True(await list.TryAddAsync([Ada], OptOutSource.Text, default)); // by another instance
        clock.Advance(TimeSpan.FromHours(49));
        await list.TrimLogAsync(clock.GetUtcNow() - OptOutList.LogKeptFor, default);
        Assert.True((await watch.ReadAsync()).Contains(Ada));

        clock.Advance(TimeSpan.FromMinutes(61));
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await watch.ReadAsync()).Contains(Ada));
        }
    }
}

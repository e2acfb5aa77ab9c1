using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Retention.People;
using BulkSms.Tests.Infrastructure;
using static BulkSms.Tests.Infrastructure.PersonScene;

namespace BulkSms.Tests.Faults;

/// <summary>Who is erased stays so, whatever else goes on, and wherever the erasure dies.</summary>
public sealed class PersonEraseRaceTests
{
    private static readonly KeyValuePair<string, string?>[] ByQueue = [.. Settings, new("Broadcasts:InlineRecipientLimit", "0")];
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FanOut_ThatHasReadTheListBefore_DoesNotPutThePersonBack(bool isInBlob)
    {
        await using var app = await VirtualApp.StartAsync(ByQueue);
        var id = await (isInBlob ? PersonalAsync(app, Eve) : PersonalAsync(app));
        var stale = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        var list = await app.Service<BroadcastStore>().RecipientsOfAsync(stale, 0, default).ToListAsync();

        var job = await StartAsync(app, "erase", new { phone = Ada });
        await app.Service<RunPersonJobs>().RunAsync(default);
        await app.Service<FanOut>().RunAsync(stale with { Recipients = list }, default); // it was frozen until now
        await EndedAsync(app, job);
        await app.CompletedAsync(id);
        await app.Service<FanOut>().RunAsync(stale with { Recipients = list }, default); // and another one, when all is over
        await app.RunAsync(TimeSpan.FromMinutes(10), Step);

        var others = isInBlob ? new[] { Bob, Eve } : [Bob];
        Assert.Equal(others, app.Twilio.Messages.Select(message => message.To).Order(StringComparer.Ordinal));
        Assert.Equal(others.Length + 1, await app.Service<RecipientTable>().Rows(new(id, 0), null, null, default).CountAsync());
        Assert.Equal((others.Length, 1), ((await app.GetAsync(id)).Counts[RecipientStatus.Delivered], (await app.GetAsync(id)).Counts[RecipientStatus.Canceled]));
        Assert.Equal("completed", (await app.GetAsync(id)).Status);
        Assert.Empty(await StoredText.FindAsync(app, OfAda));
    }

    [Fact]
    public async Task FanOut_ThatIsYoungWhenTheListChanges_IsWaitedFor()
    {
        await using var app = await VirtualApp.StartAsync(ByQueue);
        var id = await PersonalAsync(app);
        var stale = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        var known = new Deadline(app.Clock, TrustedFor); // it does not ask while this is open

        var job = await StartAsync(app, "erase", new { phone = Ada, keepOptOut = false }); // else the fan-out knows whom it must not text
        await app.Service<RunPersonJobs>().RunAsync(default);
        Assert.Equal(ErasePersonFromBroadcast.ForFanOut, (string)(await JobAsync(app, job))["waitingFor"]!);
        app.Clock.Advance(TrustedFor / 2);
        await app.Service<FanOut>().RunAsync(stale, default, known);
        Assert.Equal(RecipientStatus.Pending, (await app.RowAsync(id, FormerAda)).Status);
        await app.Service<RunPersonJobs>().RunAsync(default);
        await EndedAsync(app, job);
        await app.CompletedAsync(id);

        Assert.Equal([Bob], app.Twilio.Messages.Select(message => message.To));
        Assert.Empty(await StoredText.FindAsync(app, OfAda));
    }

    [Fact]
    public async Task OptOut_ThatHasReadTheListBefore_DoesNotPutThePersonBack()
    {
        await using var app = await VirtualApp.StartAsync(ByQueue);
        var id = await PersonalAsync(app);
        var job = await StartAsync(app, "erase", new { phone = Ada });
        var rows = app.Service<WaitingRows>();

        // The list is read, and while the row is about to be inserted the erasure runs.
        var stopped = await rows.InEveryBroadcastAsync([Ada], async (_, key, absent, stop) =>
        {
            await app.Service<RunPersonJobs>().RunAsync(stop);
            return await rows.ChangeAsync(key, absent, _ => new RecipientEvent.OptedOut("r"), stop);
        }, default);
        await EndedAsync(app, job);
        await app.Service<FanOut>().RunAsync(id, default);
        await app.CompletedAsync(id);

        Assert.Equal(1, stopped);
        Assert.Equal(2, await app.Service<RecipientTable>().Rows(new(id, 0), null, null, default).CountAsync());
        Assert.Equal([Bob], app.Twilio.Messages.Select(message => message.To));
        Assert.Empty(await StoredText.FindAsync(app, OfAda));
    }

    [Theory]
    [InlineData(StorageFaultKind.None)]
    [InlineData(StorageFaultKind.CutBefore)]
    public async Task Erase_DyingAtEachCallOfStorage_ComesToTheSameEnd(StorageFaultKind last)
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        string[] ids = [await PersonalAsync(app, Eve), await FileAsync(app), await app.BroadcastAsync(new { message = "Dear Ms Lovelace", recipients = new[] { Ada } })];
        foreach (var done in ids)
        {
            await app.CompletedAsync(done);
        }

        await KnowAsync(app, ids[0]);
        var before = await Task.WhenAll(ids.Select(app.GetAsync));
        app.Clock.Advance(TimeSpan.FromHours(1)); // else it would wait for some things to be old enough
        string[] waiting =
        [
            await app.BroadcastAsync(new { message = "Hello Lovelace", sendAt = app.Clock.GetUtcNow().AddDays(1), recipients = new[] { Bob } }),
            await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Eve } }),
        ];
        var job = await StartAsync(app, "erase", new { phone = Ada });

        // The first run dies at its first call, the next at its second, and so on.
        var runs = 0;
        for (; runs < 300 && (string)(await JobAsync(app, job))["status"]! != PersonJobStatus.Completed; runs++)
        {
            using var death = new CancellationTokenSource();
            var calls = 0;
            app.Breaks = _ =>
            {
                if (Interlocked.Increment(ref calls) <= runs)
                {
                    return StorageFaultKind.None;
                }

                death.Cancel();
                return last;
            };
            await Record.ExceptionAsync(() => app.Service<RunPersonJobs>().RunAsync(death.Token));
            app.Breaks = _ => StorageFaultKind.None;
            app.Clock.Advance(Step);
        }

        Assert.InRange(runs, 20, 299);
        Assert.Equal(before.Select(view => string.Join(",", view.Counts)), (await Task.WhenAll(ids.Select(app.GetAsync))).Select(view => string.Join(",", view.Counts)));
        foreach (var id in ids)
        {
            Assert.Equal((await app.GetAsync(id)).RecipientsCount, await app.Service<RecipientTable>().Rows(new(id, 0), null, null, default).CountAsync());
        }

        Assert.Equal(2, waiting.Length);
        Assert.Empty(await StoredText.FindAsync(app, "1112345678", "A-4711"));
    }
}

using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.OptOuts;
using BulkSms.OptOuts.Wording;
using BulkSms.Storage;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Faults;

/// <summary>Texts that are handled in another order than they were sent, and what is decided meanwhile.</summary>
public sealed class TextOrderTests
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Fact]
    public async Task Start_BetweenTwoStops_HandledLast_UndoesNothing()
    {
        await using var app = await VirtualApp.StartAsync();
        var texts = app.Service<HearTexts>();
        var now = app.Clock.GetUtcNow();

        await texts.HearAsync(Ada, Text('b', InboundVerdict.OptOut, now.AddMinutes(10)), default); // the webhook took the last one only
        await texts.HearAsync(Ada, Text('a', InboundVerdict.OptOut, now), default); // the list tells the others later
        await texts.HearAsync(Ada, Text('c', InboundVerdict.OptIn, now.AddMinutes(5)), default);

        Assert.NotNull(await app.Service<OptOutList>().FindAsync(Ada, default));
    }

    [Fact]
    public async Task Start_AfterBothStops_UndoesThem()
    {
        await using var app = await VirtualApp.StartAsync();
        var texts = app.Service<HearTexts>();
        var now = app.Clock.GetUtcNow();

        await texts.HearAsync(Ada, Text('b', InboundVerdict.OptOut, now.AddMinutes(2)), default);
        await texts.HearAsync(Ada, Text('a', InboundVerdict.OptOut, now), default);
        await texts.HearAsync(Ada, Text('c', InboundVerdict.OptIn, now.AddMinutes(5)), default);

        Assert.Null(await app.Service<OptOutList>().FindAsync(Ada, default));
    }

    [Fact]
    public async Task OptIn_DecidedAfterAStopWasHeard_LeavesTheStop()
    {
        await using var app = await VirtualApp.StartAsync();
        var (list, now) = (app.Service<OptOutList>(), app.Clock.GetUtcNow());
        await app.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Api);
        var start = Text('a', InboundVerdict.OptIn, now);
        await app.Service<HearTexts>().HearAsync(Ada, start, default);
        var known = await list.FindEntryAsync(Ada, default);
        Assert.True(await list.TryHearAsync(Ada, OptOutSource.Text, Text('b', InboundVerdict.OptOut, now.AddMinutes(3)), known, default)); // and died there

        var (outcome, _, _) = await app.Service<ReviewActions>().DecideAsync(Ada, ReviewDecision.OptIn, start.Sid, new WorkDone());

        Assert.Equal(ReviewOutcome.Changed, outcome);
        Assert.NotNull(await list.FindAsync(Ada, default));
    }

    [Fact]
    public async Task ProbeDue_FirstRecipientWaitsForAPerson_ProbesWithTheNext()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada, Bob } });
        var control = app.Service<ControlTable>();
        await control.SuspendAsync(63038, "the account has reached its daily limit", app.Clock.GetUtcNow(), default);
        var queue = app.Service<Azure.Storage.Queues.QueueServiceClient>().GetQueueClient(QueueNames.Outbound);
        var before = (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        foreach (var number in new[] { Ada, Bob })
        {
            var row = await app.RowAsync(id, number);
            if (row.Key.Id == new[] { Ada, Bob }.Select(each => RecipientKey.Of(id, each, 1).Id).Order(StringComparer.Ordinal).First())
            {
                await app.Service<RecipientTable>().TryApplyAsync(row, new RecipientEvent.Held(HeldFor.OptOutReview), default); // the first that a query finds
            }
        }

        Assert.True(await app.Service<ProbeSuspension>().RunAsync(await control.ReadAsync(default), default));

        Assert.Equal(before + 1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    private static HeardText Text(char id, InboundVerdict verdict, DateTimeOffset at) => new("SM" + new string(id, 32), verdict, at, IsTwiliosTime: true, "");
}

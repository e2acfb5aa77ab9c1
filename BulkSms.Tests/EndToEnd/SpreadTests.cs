using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A broadcast with <c>sendOver</c> is sent bit by bit.</summary>
public sealed class SpreadTests
{
    [Fact]
    public async Task Broadcast_SpreadOverAnHour_IsSentBitByBitAndEachOnce()
    {
        await using var app = await VirtualApp.StartAsync();
        var begun = app.Clock.GetUtcNow();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(12), sendOver = "PT60M" });

        var sent = new List<int>();
        for (var quarter = 0; quarter < 4; quarter++)
        {
            await app.RunAsync(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(20));
            sent.Add(app.Twilio.Messages.Count);
        }

        Assert.Equal([3, 6, 9, 12], sent);
        Assert.Equal(TestApp.Numbers(12), app.Twilio.Messages.OrderBy(message => message.At).Select(message => message.To)); // in the list's order
        Assert.InRange(app.Twilio.Messages.Max(message => message.At) - begun, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(56));
        Assert.Equal("PT1H", (await app.GetAsync(id)).SendOver);
    }

    [Fact]
    public async Task Times_OfABroadcastThatIsApprovedLate_BeginThenAndEndInTime()
    {
        await using var app = await VirtualApp.StartAsync();
        var begun = app.Clock.GetUtcNow();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(4), sendOver = "PT8H", expiresAt = begun.AddHours(10) });
        var broadcast = (await app.Service<BroadcastStore>().FindAsync(id, default))!;

        DateTimeOffset?[] DueAt(double approvedAfter) =>
            [.. TestApp.Numbers(4).Select((number, i) => (broadcast with { Approval = new(ApprovalStatus.Approved, "Bob", begun.AddHours(approvedAfter), null) }).Times().For(number, i, 4).DueAt)];

        Assert.Equal([begun.AddHours(1), begun.AddHours(3), begun.AddHours(5), begun.AddHours(7)], DueAt(approvedAfter: 1));
        Assert.Equal([begun.AddHours(6), begun.AddHours(7), begun.AddHours(8), begun.AddHours(9)], DueAt(approvedAfter: 6)); // four hours are left
        Assert.All(DueAt(approvedAfter: 11), due => Assert.True(due > broadcast.ExpiresAt)); // it expires
    }

    [Fact]
    public async Task FanOut_RunAgainLater_FindsTheSameTimes()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(12), sendOver = "PT1H" });
        await app.RunAsync(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(20));
        var before = app.Twilio.Messages.Count;
        var late = await app.RowAsync(id, TestApp.Numbers(12)[^1]);
        await app.Service<RecipientTable>().DeleteAsync(new(id, late.Key.Shard), default);

        await app.Service<FanOut>().RunAsync((await app.Service<BroadcastStore>().FindAsync(id, default))! with { FannedOut = 0, FannedOutAt = null }, default);

        Assert.InRange(before, 4, 5);
        Assert.Equal(late.DueAt, (await app.RowAsync(id, TestApp.Numbers(12)[^1])).DueAt);
    }
}

using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Segments;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Two commits under one id.</summary>
public sealed class CommitTests(MemoryFixture memory)
{
    [Theory]
    [InlineData(3)]
    [InlineData(1600)] // in a blob
    public async Task Commit_OfOneIdWithOtherOptOuts_AdoptsWhatIsStored(int recipients)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var store = app.Service<BroadcastStore>();
        var id = BroadcastId.New(TimeProvider.System.GetUtcNow());
        var first = New(id, TestApp.Numbers(recipients), optedOut: 0);
        var second = New(id, TestApp.Numbers(recipients - 1), optedOut: 1);

        await store.CommitAsync(first);
        var (result, stored) = await store.CommitAsync(second);

        Assert.Equal((CommitResult.Committed, recipients, 0), (result, stored.RecipientsCount, stored.OptedOut));
        Assert.Equal(TestApp.Numbers(recipients), await store.RecipientsOfAsync(stored, 0, default).Select(recipient => recipient.To).ToListAsync());
    }

    private static Broadcast New(string id, string[] numbers, int optedOut) => new()
    {
        Id = id,
        Message = "Hello",
        CreatedAt = TimeProvider.System.GetUtcNow(),
        RecipientsCount = numbers.Length,
        DuplicatesRemoved = 0,
        OptedOut = optedOut,
        Segments = MessageSegments.Of("Hello"),
        Shards = 1,
        Account = "",
        Service = "",
        ExpiresAt = DateTimeOffset.MaxValue.AddDays(-1),
        Recipients = [.. numbers.Select(number => new Addressee(number))],
    };
}

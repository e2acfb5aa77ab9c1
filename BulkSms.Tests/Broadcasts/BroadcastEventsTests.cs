using BulkSms.Broadcasts;
using BulkSms.Segments;

namespace BulkSms.Tests.Broadcasts;

public sealed class BroadcastEventsTests
{
    private static readonly DateTimeOffset Created = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("alerts", "alerts")]
    [InlineData("default", null)]
    public void Ended_OfAProfile_NamesIt(string profile, string? named)
    {
        var broadcast = new Broadcast
        {
            Id = "fe5df61d4b14a2d98c8f1e37b5d4", Message = "Hello", CreatedAt = Created, RecipientsCount = 1, DuplicatesRemoved = 0, Segments = MessageSegments.Of("Hello"), Shards = 1,
            Account = "", Service = "", ExpiresAt = Created.AddDays(1), Profile = profile,
        };
        var totals = new BroadcastProgress(new Dictionary<string, int> { ["delivered"] = 1 }, new Dictionary<int, int>(), 0, null, null, 0, null);

        Assert.Equal(named, (string?)BroadcastEvents.Ended(broadcast, totals)["profile"]);
        Assert.Equal(named, (string?)BroadcastEvents.ApprovalNeeded(broadcast)["profile"]);
    }
}

using BulkSms.Chaos.Storage;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What waits to be sent, as it is told beside whether sending runs.</summary>
public sealed class SendingQueueTests
{
    [Fact]
    public async Task Queue_IsMeasured_AndHidesNothingElseWhenItDoesNotAnswer()
    {
        await using var app = await VirtualApp.StartAsync();
        Assert.Equal(new(0, null), (await app.SendingAsync()).Queue);
        var accepted = app.Clock.GetUtcNow();
        await app.BroadcastAsync(new { message = "Hello", recipients = new[] { "+15551230001", "+15551230002" } });

        var waiting = (await app.SendingAsync()).Queue!;
        Assert.Equal(2, waiting.Messages);
        Assert.InRange(waiting.OldestSince!.Value, accepted.AddSeconds(-1), accepted.AddMinutes(1)); // storage tells whole seconds

        app.Breaks = call => call.Path.Contains(QueueNames.Outbound, StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        var view = await app.SendingAsync();
        Assert.Null(view.Queue);
        Assert.Equal("running", view.Status);
    }
}

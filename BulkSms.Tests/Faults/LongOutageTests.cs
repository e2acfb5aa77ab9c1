using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Faults;

/// <summary>Twilio is away for a day, longer than any back-off: no recipient is rejected for it.</summary>
public sealed class LongOutageTests
{
    private static readonly TimeSpan Beginning = TimeSpan.FromMinutes(50);
    private static readonly TimeSpan Middle = TimeSpan.FromHours(23);
    private static readonly TimeSpan End = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(VirtualTwilio.Behaviour.Refuse)] // no connection
    public async Task Day_WithoutTwilio_EndsWithAllSentOrExpired(VirtualTwilio.Behaviour behaviour)
    {
        await using var app = await VirtualApp.StartAsync([new("Broadcasts:RequeueAfter", "01:00:00")]); // above a step: who waits for a probe is not taken for gone
        app.Twilio.Next = _ => behaviour;
        var patient = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(4), expiresAt = app.Clock.GetUtcNow().AddDays(3) });
        var urgent = await app.BroadcastAsync(new { message = "Within the hour", recipients = TestApp.Numbers(20, from: 100), expiresAt = app.Clock.GetUtcNow().AddMinutes(30) });

        await app.RunAsync(Beginning, TimeSpan.FromMinutes(1));
        await app.RunAsync(Middle, TimeSpan.FromMinutes(9)); // below what the queue hides a message for
        await app.RunAsync(End, TimeSpan.FromMinutes(1));
        var away = await app.SendingAsync();
        var calls = app.Twilio.Calls;
        app.Twilio.Next = _ => VirtualTwilio.Behaviour.Accept;
        var recovery = await app.RunAsync(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(5), () => Task.FromResult(app.Twilio.Messages.Count == 4));

        Assert.Equal(("open", 1), (away.CircuitBreaker.Status, away.CircuitBreaker.Instances));
        Assert.InRange(calls, 100, 60 + (23 * 60 / 9) + 200); // a probe a step
        Assert.InRange(recovery, TimeSpan.Zero, TimeSpan.FromMinutes(3)); // the longest back-off of an outage, and the wait for a probe: a minute each
        Assert.Equal(4, app.Twilio.Messages.Select(message => message.To).Distinct(StringComparer.Ordinal).Count());
        var (sent, expired) = (await app.GetAsync(patient), await app.GetAsync(urgent));
        Assert.Equal((4, 20), (sent.Counts.Values.Sum(), expired.Counts[RecipientStatus.Expired]));
        Assert.DoesNotContain(sent.Counts.Keys, status => status is RecipientStatus.Rejected or RecipientStatus.Pending);
        Assert.Equal("closed", (await app.SendingAsync()).CircuitBreaker.Status);
    }
}

using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Faults;

/// <summary>How long it takes after everything has died, with all settings at their defaults.</summary>
public sealed class RecoveryTimeTests
{
    private const string Ada = "+15551230001";
    private const string Account = "AC00000000000000000000000000000000";
    private const string Service = "MG00000000000000000000000000000000";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly string[] Numbers = TestApp.Numbers(40);

    // What the dead host had received stays hidden for ten minutes. A slow broadcast takes more than the two minutes alone.
    [Theory]
    [InlineData("100", 120)]
    [InlineData("0.5", 120 + 80)]
    public async Task HostAndWorkerDie_PendingRecipients_AreSentWithinTwoMinutes(string rate, int seconds)
    {
        KeyValuePair<string, string?>[] settings = [new("Sending:SegmentsPerSecond", rate)];
        var first = await VirtualApp.StartAsync(settings);
        await first.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        Assert.Equal(Numbers.Length, (await first.ReceiveAndDieAsync()).Count);
        await first.DisposeAsync();

        await using var second = await VirtualApp.StartAsync(settings, before: first);
        var begun = second.Clock.GetUtcNow();
        await second.RunAsync(TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), () => Task.FromResult(second.Twilio.Messages.Count == Numbers.Length));

        Assert.InRange(second.Twilio.Messages.Min(message => message.At) - begun, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.InRange(second.Twilio.Messages.Max(message => message.At) - begun, TimeSpan.Zero, TimeSpan.FromSeconds(seconds));
        Assert.Equal(Numbers, second.Twilio.Messages.Select(message => message.To).Order(StringComparer.Ordinal));
    }

    // A sender that has more in its hands than it may send soon renews the rows: the sweeper requeues none of them.
    [Fact]
    public async Task SlowSender_WhatItHolds_IsNotRequeued()
    {
        await using var app = await VirtualApp.StartAsync([new("Sending:SegmentsPerSecond", "0.1")]);
        await app.BroadcastAsync(new { message = "Hello", recipients = Numbers });

        await app.RunAsync(TimeSpan.FromMinutes(12), Step, () => Task.FromResult(app.Twilio.Messages.Count == Numbers.Length));

        Assert.Equal(Numbers, app.Twilio.Messages.Select(message => message.To).Order(StringComparer.Ordinal));
        Assert.Equal(Numbers.Length, app.Twilio.Calls);
        Assert.DoesNotContain("are requeued", app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallInDoubt_TwilioHasTheMessage_IsFoundWithinFourMinutes()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await DieInACallAsync(app);
        app.Twilio.Add(Ada, Service);

        var took = await app.RunAsync(TimeSpan.FromHours(1), Step, async () => (await app.RowAsync(id, Ada)).Sid is not null);

        Assert.InRange(took, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4));
        Assert.Equal(0, app.Twilio.Calls);
    }

    [Fact]
    public async Task CallInDoubt_TwilioShowsALaterMessage_IsSentAgainWithinTenMinutes()
    {
        await using var app = await VirtualApp.StartAsync();
        await DieInACallAsync(app);
        await app.RunAsync(TimeSpan.FromMinutes(4), Step);
        app.Twilio.Add(Ada, Service);

        var took = await app.RunAsync(TimeSpan.FromHours(1), Step, () => Task.FromResult(app.Twilio.Calls == 1));

        Assert.InRange(TimeSpan.FromMinutes(4) + took, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
    }

    // Nothing says that the list is up to date: it gets its fifteen minutes. They are what keeps people from being texted twice.
    [Fact]
    public async Task CallInDoubt_TwilioShowsNothing_IsSentAgainOnlyAfterTheListsLag()
    {
        await using var app = await VirtualApp.StartAsync();
        await DieInACallAsync(app);

        var took = await app.RunAsync(TimeSpan.FromHours(1), Step, () => Task.FromResult(app.Twilio.Calls == 1));

        Assert.InRange(took, TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(19));
    }

    [Fact]
    public async Task CallbacksLostWhileAway_AreAskedForWithinMinutesOfTheReturn()
    {
        var first = await VirtualApp.StartAsync();
        var id = await first.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(500), expiresAt = first.Clock.GetUtcNow().AddHours(8) });
        await first.RunAsync(TimeSpan.FromMinutes(1), Step, () => Task.FromResult(first.Twilio.Messages.Count == 500));
        await first.DisposeAsync();
        first.Clock.Advance(TimeSpan.FromHours(2));

        await using var second = await VirtualApp.StartAsync(before: first);
        var took = await second.RunAsync(TimeSpan.FromHours(1), Step, async () => (await second.GetAsync(id)).Counts.GetValueOrDefault(RecipientStatus.Delivered) == 500);

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    // A phone that is off has no news, and nothing was lost: it is asked for seldomer and seldomer.
    [Fact]
    public async Task NoNewsAtTwilio_IsAskedForSeldomerAndSeldomer()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Twilio.Status = "accepted";
        await app.BroadcastAsync(new { message = "Hello", recipients = Ada.Split(',') });
        await app.RunAsync(TimeSpan.FromHours(5), TimeSpan.FromSeconds(20));

        var times = app.Twilio.Asked.Select(asked => asked.At).ToArray();
        var pauses = times.Zip(times.Skip(1), (one, next) => (next - one).TotalMinutes).ToArray();

        Assert.InRange(times.Length, 6, 9);
        Assert.All(pauses.Zip(pauses.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1.5, string.Join(' ', pauses)));
        Assert.InRange(pauses[^1], 59, 62);
    }

    private static async Task<string> DieInACallAsync(VirtualApp app)
    {
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Ada.Split(',') });
        var job = Assert.Single(await app.ReceiveAndDieAsync());
        Assert.NotNull((await app.Service<ClaimLedger>().ClaimAsync(job, Account, Service, default)).Held);
        return id;
    }
}

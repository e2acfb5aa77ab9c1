using BulkSms.Api;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.EndToEnd;

public sealed class SendTests(AzuriteFixture azurite, MemoryFixture memory)
{
    [Theory]
    [InlineData(false, 60)]
    [InlineData(true, 500)]
    public async Task Broadcast_ManyNumbers_SendsEachOnce(bool inMemory, int count)
    {
        await using var app = await TestApp.StartAsync(inMemory ? memory.NewAccount() : azurite.NewAccount());
        var numbers = TestApp.Numbers(count);

        var accepted = await app.BroadcastAsync("The clinic is closed today.", numbers);
        var view = await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal(count, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal((count, count, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.TotalCalls, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.Equal(numbers, app.Twilio.Messages.All.Select(message => message.To).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(21211, "not a valid phone number")]
    [InlineData(21614, "not a mobile number")]
    [InlineData(39999, "unknown error")]
    public async Task Send_PermanentFailure_CostsOneCallAndGoesToPoisonWithItsReason(int code, string reason)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount());
        app.Twilio.Recipients["+15551230001"] = new RecipientBehaviour { RejectCode = code };

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await app.CompletedAsync(accepted.BroadcastId);
        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001", row => row.PoisonedAt is not null);

        var poison = Assert.Single(await app.PoisonAsync(1));
        Assert.Equal((RecipientStatus.Rejected, code, reason, 1), (row.Status, row.Code, row.Reason, row.Attempt));
        Assert.Equal((code, reason, 1, "+15551230001"), (poison.Code, poison.Reason, poison.Attempts, poison.To));
        Assert.Equal(($"{row.Key.BroadcastId}.{row.Key.Id}-{row.ClaimId}", "bulkSms", QueueNames.OutboundPoison), (poison.Id, poison.Source, poison.Queue));
        Assert.Single(app.Twilio.Messages.CallsFor("+15551230001"));
        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
    }

    [Fact]
    public async Task Send_OptedOut_RemembersItAndIsNotPoison()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.OptOut("+15551230001");

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await app.CompletedAsync(accepted.BroadcastId);

        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001");
        Assert.Equal((RecipientStatus.OptedOut, 21610), (row.Status, row.Code));
        Assert.Equal(OptOutSource.Twilio, (await app.Service<OptOutList>().FindAsync("+15551230001", default))?.Source);
        Assert.Single(app.Twilio.Messages.CallsFor("+15551230001"));
        Assert.Empty(await app.PoisonAsync());
    }

    [Fact]
    public async Task Send_Unavailable_IsTriedAgainUntilItGoesThrough()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Faults.FailFor("+15551230001", 3, Fault.Refuse503);

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await app.CompletedAsync(accepted.BroadcastId);

        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001");
        Assert.Equal((RecipientStatus.Delivered, 1, (int?)null), (row.Status, row.Attempt, row.Code));
        Assert.Equal(1, app.Twilio.Messages.CountFor("+15551230001"));
    }

    // None of these says anything about the recipient: not one attempt is used up.
    [Theory]
    [InlineData(503, 20503)]
    [InlineData(429, 14107)]
    [InlineData(429, 77777)]
    [InlineData(400, 21611)]
    [InlineData(400, 21730)]
    public async Task Send_NotProcessedTimeAndAgain_GoesThroughInTheEnd(int status, int code)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:MaxAttempts", "1"), new("Sending:RetryMaxDelay", "00:00:00.100")]);
        app.Twilio.Faults.FailFor("+15551230001", 5, Fault.Reject(status, code));

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await app.CompletedAsync(accepted.BroadcastId);

        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001");
        Assert.Equal((RecipientStatus.Delivered, 1), (row.Status, row.Attempt));
        Assert.Equal(6, app.Twilio.Messages.CallsFor("+15551230001").Count);
    }

    [Fact]
    public async Task Send_RateLimited_WaitsAndDoesNotCountAsAnAttempt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:MaxAttempts", "1")]);
        app.Twilio.Faults.RetryAfterSeconds = 1;
        app.Twilio.Faults.FailNext(10, Fault.Refuse429);

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));
        var view = await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal(20, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal((20, 30), (app.Twilio.Messages.Accepted, app.Twilio.Messages.TotalCalls));
        Assert.All(await app.RecipientsAsync(accepted.BroadcastId), recipient => Assert.Equal(1, recipient.Attempts));
    }

    [Fact]
    public async Task Send_RateLimited_KeepsAllWaitingForAsLongAsTwilioAsks()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Faults.RetryAfterSeconds = 3;
        app.Twilio.Faults.FailNext(1, Fault.Refuse429);
        var refused = await app.BroadcastAsync("Hello", "+15551230001");
        await Eventually.GetAsync(() => app.RowAsync(refused.BroadcastId, "+15551230001"), row => row is { Status: RecipientStatus.Pending, DueAt: not null });

        var other = await app.BroadcastAsync("Hello", "+15551230002");
        await app.CompletedAsync(refused.BroadcastId);
        await app.CompletedAsync(other.BroadcastId);

        var calls = app.Twilio.Messages.Calls.OrderBy(call => call.ArrivedAt).ToArray();
        Assert.Equal(3, calls.Length);
        Assert.All(calls[1..], call => Assert.True(call.ArrivedAt - calls[0].ArrivedAt >= TimeSpan.FromSeconds(3), $"{call.To} did not wait"));
    }

    [Fact]
    public async Task Send_OutOfOrder_IsDueAfterTheBackOff()
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [new("Sending:RetryBaseDelay", "00:10:00"), new("Sending:RetryMaxDelay", "00:10:00"), new("Sending:CircuitBreak", "00:15:00")],
            configure: builder => builder.Services.AddSingleton<Random>(new HalfWay()));
        app.Twilio.Faults.FailNext(1, Fault.Refuse503);
        var before = TimeProvider.System.GetUtcNow();

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001", row => row is { Status: RecipientStatus.Pending, DueAt: not null });

        Assert.InRange(row.DueAt!.Value, before.AddMinutes(5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        Assert.Equal((0, 20503), (row.Attempt, row.Code));
    }

    private sealed class HalfWay : Random
    {
        public override double NextDouble() => 0.5;
    }

    public static TheoryData<string, int> Ambiguous => new()
    {
        { nameof(Fault.ProcessThenDrop), 1 }, { nameof(Fault.ProcessThen500), 1 }, { nameof(Fault.ProcessThen503WithoutCode), 1 },
        { nameof(Fault.TruncatedReply), 1 }, { nameof(Fault.DropBeforeProcessing), 0 }, { nameof(Fault.Error500), 0 },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task Send_NotKnownWhetherItWasTaken_IsUnconfirmedAndNeverSentAgain(string fault, int taken)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Webhooks:PublicBaseUrl", "https://nobody.invalid")]);
        app.Twilio.Faults.FailNext(1, (Fault)typeof(Fault).GetProperty(fault)!.GetValue(null)!);

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001", row => row.Status == RecipientStatus.Unconfirmed);

        Assert.NotNull(row.Reason);
        Assert.Equal("sending", (await app.GetAsync(accepted.BroadcastId)).Status);
        await Eventually.GetAsync(async () => (await app.Queue(QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
        Assert.Equal((1, taken), (app.Twilio.Messages.TotalCalls, app.Twilio.Messages.Accepted));
    }

    [Fact]
    public async Task Send_TakenButUnanswered_IsProvedByItsCallback()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Faults.FailNext(1, Fault.ProcessThenDrop);

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await app.CompletedAsync(accepted.BroadcastId);

        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001");
        Assert.Equal((RecipientStatus.Delivered, app.Twilio.Messages.All.Single().Sid), (row.Status, row.Sid));
        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Send_NoAnswerInTime_IsUnconfirmed()
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [new("Sending:CallTimeout", "00:00:00.500"), new("Webhooks:PublicBaseUrl", "https://nobody.invalid")]);
        app.Twilio.Faults.FailNext(1, Fault.Hold(TimeSpan.FromSeconds(30)));

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001", row => row.Status == RecipientStatus.Unconfirmed);

        Assert.Equal("no answer in time", row.Reason);
        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Send_AccountRefused_KeepsTheMessageWaiting()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Faults.FailNext(1, Fault.AccountSuspended);

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        var row = await app.RowAsync(accepted.BroadcastId, "+15551230001", row => row.Code == 20005);

        Assert.Equal((RecipientStatus.Pending, 0), (row.Status, row.Attempt));
        Assert.Empty(await app.PoisonAsync());
        Assert.Contains("Twilio refuses the account: 20005", app.Logs.Text, StringComparison.Ordinal);
    }
}

using System.Diagnostics.Metrics;
using BulkSms.Sending;
using BulkSms.SendingControl;
using BulkSms.Storage;
using BulkSms.Tests.Contracts;
using BulkSms.Twilio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Sending;

public sealed class CircuitBreakerTests : IDisposable
{
    private static readonly SendOutcome Away = new SendOutcome.Retry(0, "the provider could not be reached", RetryCause.Outage);
    private static readonly SendOutcome Unreadable = new SendOutcome.Unconfirmed(0, "no answer in time");
    private static readonly SendOutcome Accepted = new SendOutcome.Accepted("SM1", "accepted");
    private readonly FakeTimeProvider time = new(new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StorageUnderTest storage = StorageUnderTest.InMemory();
    private readonly CircuitReport report;
    private readonly ControlTable table;
    private readonly CircuitBreaker circuit;

    public CircuitBreakerTests()
    {
        table = new(new(storage.Tables), time);
        report = new(table, NullLogger<CircuitReport>.Instance);
        circuit = new(Options.Create(new SendingOptions()), report, time, services.GetRequiredService<IMeterFactory>(), NullLogger<CircuitBreaker>.Instance);
    }

    public static TheoryData<SendOutcome> Failures => [Away, Unreadable, new SendOutcome.Retry(20503, "Twilio is unavailable", RetryCause.Outage)];

    public static TheoryData<SendOutcome> Answers =>
    [
        Accepted,
        new SendOutcome.Rejected(21211, "not a valid phone number"),
        new SendOutcome.OptedOut(21610, "the recipient has opted out"),
        new SendOutcome.Suspend(20003, "the credentials are wrong"),
        new SendOutcome.Retry(20429, "too many requests", RetryCause.Congestion),
        new SendOutcome.Retry(14107, "too many messages to this number", RetryCause.Recipient),
        new SendOutcome.NotStarted("the send deadline had passed"),
    ];

    public void Dispose()
    {
        report.Dispose();
        services.Dispose();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Calls_ThatFailAsAnOutageDoes_OpenIt(SendOutcome failure)
    {
        await CallAsync(failure, 19);
        Assert.Null(circuit.State);

        await CallAsync(failure, 1);

        Assert.Equal((time.GetUtcNow(), time.GetUtcNow().AddSeconds(5)), (circuit.State!.Since, circuit.State.NextProbeAt));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Calls_ThatTwilioAnswered_NeverOpenIt(SendOutcome answer)
    {
        await CallAsync(answer, 200);

        Assert.Null(circuit.State);
        Assert.False((await circuit.EnterAsync(default)).IsProbe);
    }

    [Fact]
    public async Task Call_WhileOpen_IsNotMade()
    {
        await OpenAsync();

        var outcome = await circuit.CallAsync(() => throw new InvalidOperationException());

        Assert.IsType<SendOutcome.NotStarted>(outcome);
    }

    [Fact]
    public async Task Enter_WhileOpen_LetsOneProbeAfterTheBreakAndTheRestWhenItSucceeds()
    {
        await OpenAsync();
        var waiting = Enumerable.Range(0, 5).Select(_ => circuit.EnterAsync(default)).ToArray();
        Assert.DoesNotContain(waiting, each => each.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(5));
        var first = await Task.WhenAny(waiting);
        var probe = await first;
        Assert.True(probe.IsProbe);
        Assert.DoesNotContain(waiting, each => each != first && each.IsCompleted);

        await CallAsync(Accepted, 1);
        probe.Dispose();

        foreach (var turn in waiting.Where(each => each != first))
        {
            Assert.False((await turn).IsProbe);
        }

        Assert.Null(circuit.State);
    }

    [Fact]
    public async Task Probes_ThatFail_BecomeRarerUpToTheLongestBreak()
    {
        await OpenAsync();
        var begun = time.GetUtcNow();
        var pauses = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            var pause = circuit.State!.NextProbeAt - time.GetUtcNow();
            pauses.Add(pause.TotalSeconds);
            time.Advance(pause);
            using var probe = await circuit.EnterAsync(default);
            await CallAsync(i % 2 == 0 ? Away : Unreadable, 1);
        }

        Assert.Equal([5, 10, 20, 40, 60, 60, 60], pauses.Select(pause => Math.Round(pause)));
        Assert.Equal(begun, circuit.State!.Since);
    }

    // Its send job was stale, or its deadline had passed: nothing was learned.
    [Fact]
    public async Task Probe_ThatMadeNoCall_ClosesNothingAndTheNextOneProbes()
    {
        await OpenAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        (await circuit.EnterAsync(default)).Dispose();

        using (var second = await circuit.EnterAsync(default))
        {
            Assert.True(second.IsProbe);
            await CallAsync(new SendOutcome.NotStarted("the send deadline had passed"), 1);
        }

        Assert.NotNull(circuit.State);
        Assert.IsType<SendOutcome.NotStarted>(await circuit.CallAsync(() => throw new InvalidOperationException()));
    }

    [Fact]
    public async Task Enter_GivenUp_LeavesTheTurnToOthers()
    {
        await OpenAsync();
        using var impatient = new CancellationTokenSource();
        var first = circuit.EnterAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await circuit.EnterAsync(default)).IsProbe);
    }

    [Fact]
    public async Task State_IsToldToTheOtherInstances()
    {
        await storage.Tables.CreateTableIfNotExistsAsync(TableNames.Broadcasts);
        await OpenAsync();
        await report.Last;
        var shown = Assert.Single((await table.ReadAsync(default)).OpenAt(time.GetUtcNow()));
        Assert.Equal((time.GetUtcNow().AddSeconds(5), "the provider could not be reached"), (shown.NextProbeAt, shown.Reason));
        Assert.Empty((await table.ReadAsync(default)).OpenAt(time.GetUtcNow().AddHours(1))); // its instance has died

        time.Advance(TimeSpan.FromSeconds(5));
        await CallAsync(Accepted, 1);
        await report.Last;

        Assert.Empty((await table.ReadAsync(default)).Circuits);
    }

    private async Task OpenAsync()
    {
        await CallAsync(Away, 20);
        Assert.NotNull(circuit.State);
    }

    private async Task CallAsync(SendOutcome outcome, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await circuit.CallAsync(() => Task.FromResult(outcome));
        }
    }
}

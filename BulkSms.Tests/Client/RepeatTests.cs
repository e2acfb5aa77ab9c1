using System.Net;
using BulkSms.Client;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Client;

/// <summary>What is repeated, under which key, and what is not.</summary>
public sealed class RepeatTests(MemoryFixture memory)
{
    private static readonly NewBroadcast Hello = new() { Message = "Hello", Recipients = ["+15551230001", "+15551230002"] };

    [Theory]
    [InlineData(false)] // no answer at all
    [InlineData(true)] // an answer that is cut
    public async Task Create_WhoseAnswerIsLost_IsOneBroadcast(bool cut)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var client = Clients.Of(app, new LosesAnswers(1, cut));

        var accepted = await client.Broadcasts.CreateAsync(Hello);
        await client.Broadcasts.WaitAsync(accepted.BroadcastId!);

        Assert.True(accepted.IsReplayed);
        Assert.Equal([accepted.BroadcastId], await client.Broadcasts.ListAsync().Select(each => each.BroadcastId).ToArrayAsync());
        Assert.Equal((2, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
    }

    [Fact]
    public async Task Create_WhoseEveryAnswerIsLost_TellsTheKeyUnderWhichItIsSafeToRepeat()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var unlucky = Clients.Of(app, new LosesAnswers(int.MaxValue, cut: false), retries: 1);
        using var client = Clients.Of(app);

        var error = await Assert.ThrowsAsync<BulkSmsException>(() => unlucky.Broadcasts.CreateAsync(Hello));
        var accepted = await client.Broadcasts.CreateAsync(Hello, error.IdempotencyKey);

        Assert.Equal((Problem.Unreachable, true), (error.Problem.Kind, error.Problem.IsTemporary));
        Assert.True(accepted.IsReplayed);
        Assert.Single(await client.Broadcasts.ListAsync().ToArrayAsync());
    }

    [Fact]
    public async Task Create_TwiceWithoutAKey_IsTwoBroadcasts()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);

        var (first, second) = (await client.Broadcasts.CreateAsync(Hello), await client.Broadcasts.CreateAsync(Hello));

        Assert.NotEqual(first.BroadcastId, second.BroadcastId);
        Assert.False(second.IsReplayed);
    }

    [Fact]
    public async Task Create_WhileTheAppIsBusy_RepeatsTheSameRequest()
    {
        var stub = new StubTransport((number, _) => number < 3 ? StubTransport.Json("{}", 503) : StubTransport.Json("{}", 202));
        using var client = Clients.Of(stub);

        await client.Broadcasts.CreateAsync(Hello);
        await client.Broadcasts.CreateAsync(Hello with { Recipients = [], File = RecipientFile.FromStream(() => new MemoryStream("to\n+15551230001\n"u8.ToArray()), "list.csv") });

        Assert.Equal(4, stub.Asked.Count);
        var key = stub.Asked[0].Headers["Idempotency-Key"];
        Assert.All(stub.Asked.Take(3), each => Assert.Equal((key, stub.Asked[0].Body), (each.Headers["Idempotency-Key"], each.Body)));
        Assert.NotEqual(key, stub.Asked[3].Headers["Idempotency-Key"]);
        Assert.Contains("+15551230001", stub.Asked[3].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ThatIsRepeated_OpensTheFileAnew()
    {
        var opened = 0;
        var stub = new StubTransport((number, _) => StubTransport.Json("{}", number < 3 ? 503 : 202));
        using var client = Clients.Of(stub);
        var file = RecipientFile.FromStream(() =>
        {
            opened++;
            return new MemoryStream("to\n+15551230001\n"u8.ToArray());
        }, "list.csv");

        await client.Broadcasts.CreateAsync(Hello with { Recipients = [], File = file });

        Assert.Equal((3, 3), (opened, stub.Asked.Count));
        Assert.All(stub.Asked, each => Assert.Equal(stub.Asked[0].Body, each.Body));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(409)]
    [InlineData(302)]
    public async Task Call_ThatIsRefused_IsNotRepeated(int status)
    {
        var stub = new StubTransport((_, _) => StubTransport.Json("{}", status));
        using var client = Clients.Of(stub);

        var error = await Assert.ThrowsAsync<BulkSmsException>(() => client.Broadcasts.CreateAsync(Hello));

        Assert.Equal((status, 1), (error.Problem.Status, stub.Asked.Count));
        Assert.False(error.Problem.IsTemporary);
    }

    [Fact]
    public async Task Call_ThatMayBeRepeatedInAnHourOnly_TellsWhen()
    {
        var stub = new StubTransport((_, _) =>
        {
            var answer = StubTransport.Json("{}", 429);
            answer.Headers.RetryAfter = new(TimeSpan.FromHours(1));
            return answer;
        });
        using var client = Clients.Of(stub);

        var error = await Assert.ThrowsAsync<BulkSmsException>(() => client.Sending.SuspendAsync());

        Assert.Equal((TimeSpan.FromHours(1), true, 1), (error.Problem.RetryAfter, error.Problem.IsTemporary, stub.Asked.Count));
    }

    [Fact]
    public async Task Call_ThatNamesAPause_IsRepeatedAfterIt()
    {
        var clock = new FakeTimeProvider();
        var stub = new StubTransport((number, _) =>
        {
            var answer = StubTransport.Json("{}", number == 1 ? 503 : 200);
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
            return answer;
        });
        using var client = Clients.Of(stub, clock);

        var call = client.Sending.GetAsync();
        await Eventually.TrueAsync(() => stub.Asked.Count == 1);
        clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(call.IsCompleted);
        await AdvanceUntilAsync(clock, call);

        Assert.Equal(2, stub.Asked.Count);
    }

    /// <summary>Lets time pass, bit by bit (in seconds), until something has come about by it.</summary>
    internal static async Task AdvanceUntilAsync(FakeTimeProvider clock, Task task, double step = 0.1) => await Eventually.TrueAsync(() =>
    {
        clock.Advance(TimeSpan.FromSeconds(step));
        return task.IsCompleted;
    });

    /// <summary>The app gets the request, and its first answers do not arrive.</summary>
    private sealed class LosesAnswers(int count, bool cut) : DelegatingHandler(new ContractHandler())
    {
        private int lost;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Get || Interlocked.Increment(ref lost) > count)
            {
                return answer;
            }

            answer.Dispose();
            return cut ? new(HttpStatusCode.Accepted) { Content = new StreamContent(new CutStream()) } : throw new HttpRequestException("The connection was reset.");
        }
    }

    private sealed class CutStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("The connection was reset.");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The connection was reset.");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new IOException("The connection was reset.");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("The connection was reset.");
    }
}

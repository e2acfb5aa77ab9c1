using System.Net;
using System.Text;
using BulkSms.Common;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Twilio;

/// <summary>Whichever provider is called, and however badly its sender reads: what is not known is never sent again by itself.</summary>
public sealed class AnyProviderTests
{
    private static readonly OutgoingSms Sms = new("+15551230001", "Hello", "MG00000000000000000000000000000000", null);
    private static readonly TwilioCredentials Account = new("AC00000000000000000000000000000000", "made-up");
    private readonly FakeTimeProvider time = new();

    public static TheoryData<int, string> Unreadable => new()
    {
        { 200, "" },
        { 200, "{" },
        { 200, """{"id": """ },
        { 200, "<html>thanks</html>" },
        { 200, "[]" },
        { 200, "{}" },
        { 200, """{"id": 42}""" },
        { 204, "" },
        { 302, "" },
        { 400, """{"error": "?"}""" },
        { 429, "slow down" },
        { 500, "" },
        { 503, "" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Call_AnswerThatCannotBeRead_IsUnconfirmed(int status, string body) => Assert.IsType<SendOutcome.Unconfirmed>(
        await CallAsync(new ToySmsSender(new(new Wire(() => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") })))));

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.ConnectionError)] // above the socket it is not known when
    [InlineData(HttpRequestError.Unknown)]
    public async Task Call_ConnectionThatBreaks_IsUnconfirmed(HttpRequestError error) =>
        Assert.IsType<SendOutcome.Unconfirmed>(await CallAsync(new ToySmsSender(new(new Wire(() => throw new HttpRequestException(error))))));

    [Fact]
    public async Task Call_ReadableAnswer_IsAccepted() => Assert.Equal(
        new SendOutcome.Accepted("toy-1", "accepted"),
        await CallAsync(new ToySmsSender(new(new Wire(() => new(HttpStatusCode.OK) { Content = new StringContent("""{"id": "toy-1"}""", Encoding.UTF8, "application/json") })))));

    [Fact]
    public async Task Call_SenderThatThrowsAtOnce_IsUnconfirmed()
    {
        var outcome = Assert.IsType<SendOutcome.Unconfirmed>(await CallAsync(new Sender((_, _) => throw new InvalidOperationException("+15551230001"))));

        Assert.Equal("the sender failed (InvalidOperationException)", outcome.Reason);
    }

    [Fact]
    public async Task Call_SenderThatTellsNothing_IsUnconfirmed() =>
        Assert.IsType<SendOutcome.Unconfirmed>(await CallAsync(new Sender((_, _) => Task.FromResult<SendOutcome>(null!))));

    [Fact]
    public async Task Call_SenderThatNeverEnds_IsUnconfirmed()
    {
        var call = CallAsync(new Sender((_, _) => new TaskCompletionSource<SendOutcome>().Task));
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.IsType<SendOutcome.Unconfirmed>(await call);
    }

    [Fact]
    public async Task Call_DeadlinePassed_NeverComesToTheSender()
    {
        var deadline = new Deadline(time, TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.IsType<SendOutcome.NotStarted>(await CallAsync(new Sender((_, _) => throw new InvalidOperationException()), deadline));
    }

    [Fact]
    public async Task Run_RequestThatNeverCameToTheHandler_IsUnconfirmed()
    {
        var call = new SmsCall(new(new(time, TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(35)), TwilioAnswer.Read);

        Assert.IsType<SendOutcome.Unconfirmed>(await call.RunAsync(() => Task.CompletedTask));
        Assert.IsType<SendOutcome.Unconfirmed>(await call.RunAsync(() => throw new UriFormatException("+15551230001")));
    }

    private Task<SendOutcome> CallAsync(ISmsSender sender, Deadline? deadline = null)
    {
        var credentials = new TwilioCredentialsSource(Options.Create(new TwilioOptions()), Options.Create(new KeyVaultOptions()), time, NullLogger<TwilioCredentialsSource>.Instance);
        return new CallProvider(sender, SomeAccounts.Of(credentials, time), time, NullLogger<CallProvider>.Instance)
            .CallAsync(Sms, Account, new(deadline ?? new Deadline(time, TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(35)));
    }

    private sealed class Sender(Func<OutgoingSms, CallLimits, Task<SendOutcome>> send) : ISmsSender
    {
        public Task<SendOutcome> SendAsync(OutgoingSms sms, TwilioCredentials credentials, CallLimits limits) => send(sms, limits);
    }

    private sealed class Wire(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}

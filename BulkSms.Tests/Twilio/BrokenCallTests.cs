using System.Net.Sockets;
using System.Security.Authentication;
using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class BrokenCallTests
{
    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "Retry 0: the provider's name could not be resolved")]
    [InlineData(HttpRequestError.ConnectionError, "Retry 0: the provider could not be reached")]
    [InlineData(HttpRequestError.SecureConnectionError, "Retry 0: the TLS handshake failed")]
    [InlineData(HttpRequestError.Unknown, "Unconfirmed 0: the connection broke (HttpRequestException)")]
    [InlineData(HttpRequestError.ResponseEnded, "Unconfirmed 0: the connection broke (HttpRequestException)")]
    [InlineData(HttpRequestError.InvalidResponse, "Unconfirmed 0: the connection broke (HttpRequestException)")]
    [InlineData(HttpRequestError.HttpProtocolError, "Unconfirmed 0: the connection broke (HttpRequestException)")]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, "Unconfirmed 0: the connection broke (HttpRequestException)")]
    [InlineData(HttpRequestError.ProxyTunnelError, "Unconfirmed 0: the connection broke (HttpRequestException)")]
    public void Read_HttpError_IsRetriedOnlyBeforeTheRequestWasSent(HttpRequestError error, string outcome) =>
        Assert.Equal(outcome, Say(BrokenCall.Read(new HttpRequestException(error, "secret"), timedOut: false)));

    public static TheoryData<Exception, string> OtherFaults => new()
    {
        { new OperationCanceledException("secret", new TimeoutException()), "Retry 0: no connection in time" },
        { new TaskCanceledException("secret", new TimeoutException()), "Retry 0: no connection in time" },
        { new OperationCanceledException("secret"), "Unconfirmed 0: the connection broke (OperationCanceledException)" },
        { new TaskCanceledException("secret", new IOException()), "Unconfirmed 0: the connection broke (TaskCanceledException)" },
        { new IOException("secret", new SocketException(104)), "Unconfirmed 0: the connection broke (IOException)" },
        { new HttpRequestException("secret", new AuthenticationException()), "Unconfirmed 0: the connection broke (HttpRequestException)" },
        { new InvalidOperationException("secret"), "Unconfirmed 0: the connection broke (InvalidOperationException)" },
    };

    [Theory]
    [MemberData(nameof(OtherFaults))]
    public void Read_OtherFault_IsUnconfirmedUnlessNothingWasConnected(Exception fault, string outcome) =>
        Assert.Equal(outcome, Say(BrokenCall.Read(fault, timedOut: false)));

    [Fact]
    public void Read_OurOwnTimeout_IsUnconfirmedWhateverTheSocketSays() => Assert.All(
        Enum.GetValues<HttpRequestError>(),
        error => Assert.Equal("Unconfirmed 0: no answer in time", Say(BrokenCall.Read(new HttpRequestException(error), timedOut: true))));

    private static string Say(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Retry { After: null, Cause: RetryCause.Outage } retry => $"Retry {retry.Code}: {retry.Reason}",
        SendOutcome.Unconfirmed unconfirmed => $"Unconfirmed {unconfirmed.Code}: {unconfirmed.Reason}",
        _ => outcome.ToString(),
    };
}

using System.Net;
using System.Text;
using BulkSms.Common;
using BulkSms.Twilio;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Twilio;

public sealed class LastMomentTests
{
    private const string Sid = "SM00000000000000000000000000000001";
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    public async Task Call_WrittenWithinTheWindow_ReachesTheSocketWhole(int seconds)
    {
        var socket = new Socket(time, TimeSpan.FromSeconds(seconds));

        var outcome = await CallAsync(socket);

        Assert.Equal((Sid, "To=%2B15551230001"), (Assert.IsType<SendOutcome.Accepted>(outcome).Sid, socket.Written));
    }

    [Fact]
    public async Task Call_ThatWaitedForItsConnectionTooLong_IsNeverWritten()
    {
        var socket = new Socket(time, TimeSpan.FromSeconds(11)); // frozen, or no connection to be had

        var outcome = await CallAsync(socket);

        Assert.IsType<SendOutcome.NotStarted>(outcome);
        Assert.Equal("", socket.Written);
    }

    [Fact]
    public async Task Call_RepeatedBeneathUs_IsWrittenOnceAndStaysUnknown()
    {
        var outcome = await CallAsync(new StubbornSocket());

        Assert.IsType<SendOutcome.Unconfirmed>(outcome);
    }

    private Task<SendOutcome> CallAsync(HttpMessageHandler socket)
    {
        var handler = new SmsCallHandler(time) { InnerHandler = socket };
        var client = new HttpMessageInvoker(handler);
        var call = new SmsCall(new(new Deadline(time, TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(35)), TwilioAnswer.Read);
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.twilio.com/2010-04-01/Accounts/AC/Messages.json") { Content = new FormUrlEncodedContent([new("To", "+15551230001")]) };
        call.TravelWith(request);
        return call.RunAsync(() => client.SendAsync(request, CancellationToken.None));
    }

    // Its first connection broke after the body; the second is refused by the other side, or would carry the body again.
    private sealed class StubbornSocket : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            await Assert.ThrowsAnyAsync<Exception>(() => request.Content.CopyToAsync(Stream.Null, cancellationToken));
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }
    }

    private sealed class Socket(FakeTimeProvider time, TimeSpan wait) : HttpMessageHandler
    {
        public string Written { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            time.Advance(wait);
            using var bytes = new MemoryStream();
            await request.Content!.CopyToAsync(bytes, cancellationToken);
            Written = Encoding.UTF8.GetString(bytes.ToArray());
            return new HttpResponseMessage(HttpStatusCode.Created)
            {
                Content = new StringContent($$"""{"sid": "{{Sid}}", "status": "accepted"}""", Encoding.UTF8, "application/json"),
            };
        }
    }
}

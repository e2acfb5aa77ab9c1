using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>
/// The innermost handler, right above the socket. It begins a call, and writes it, only within its send window and only once, lets nobody cancel it in flight, aborts it
/// after the call time-out, and writes down its outcome.
/// </summary>
public sealed class TwilioCallHandler(TimeProvider time) : DelegatingHandler
{
    private const int MaxAnswerBytes = 256 * 1024;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        TwilioCall.Current is { } call ? CallAsync(call, request) : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> CallAsync(TwilioCall call, HttpRequestMessage request)
    {
        if (call.Begun)
        {
            throw new InvalidOperationException("A call to Twilio is made once; something above tried to repeat it.");
        }

        if (call.Window.HasPassed)
        {
            call.Outcome = new SendOutcome.NotStarted("the send window had passed");
            throw new InvalidOperationException("The send window has passed.");
        }

        var body = new LastMomentContent(request.Content ?? throw new InvalidOperationException("A message has a body."), call);
        request.Content = body;
        call.Begun = true;
        using var timeout = new CancellationTokenSource(call.Timeout, time);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, timeout.Token);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, timeout.Token);
            call.Outcome = TwilioAnswer.Read(response, await response.Content.ReadAsByteArrayAsync(timeout.Token), time);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            var outcome = TwilioAnswer.Of(e, timeout.IsCancellationRequested);
            call.Outcome ??= body.IsWritten && outcome is SendOutcome.Retry ? new SendOutcome.Unconfirmed(0, "it was written before the connection failed") : outcome;
            throw;
        }
    }
}

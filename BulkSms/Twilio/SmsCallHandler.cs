namespace BulkSms.Twilio;

/// <summary>
/// The innermost handler, right above the socket. It begins a call, and writes it, only within its deadline and only once, lets nothing cancel it in flight, aborts it
/// after the call time-out, and writes down its outcome.
/// </summary>
public sealed class SmsCallHandler(TimeProvider time) : DelegatingHandler
{
    private const int MaxAnswerBytes = 256 * 1024;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SmsCall.Of(request) is { } call ? CallAsync(call, request) : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> CallAsync(SmsCall call, HttpRequestMessage request)
    {
        if (call.Begun)
        {
            throw new InvalidOperationException("A call is made once; something above tried to repeat it.");
        }

        if (call.Limits.Deadline.HasPassed)
        {
            call.Outcome = new SendOutcome.NotStarted("the send deadline had passed");
            throw new InvalidOperationException("The send deadline has passed.");
        }

        var body = new LastMomentContent(request.Content ?? throw new InvalidOperationException("A message has a body."), call);
        request.Content = body;
        call.Begun = true;
        using var timeout = new CancellationTokenSource(call.Limits.Timeout, time);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, timeout.Token);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, timeout.Token);
            call.Outcome = call.Read(response, await response.Content.ReadAsByteArrayAsync(timeout.Token), time);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            var outcome = BrokenCall.Read(e, timeout.IsCancellationRequested);
            call.Outcome ??= body.IsWritten && outcome is SendOutcome.Retry ? new SendOutcome.Unconfirmed(0, "it was written before the connection failed") : outcome;
            throw;
        }
    }
}

/// <summary>What is known of a call that ended without a whole answer, whichever provider it went to.</summary>
public static class BrokenCall
{
    /// <summary>Reads it: only what failed before a connection stood is to be tried again.</summary>
    /// <param name="fault">What the socket threw.</param>
    /// <param name="timedOut">Whether it was aborted by our own call time-out.</param>
    public static SendOutcome Read(Exception fault, bool timedOut) => fault switch
    {
        _ when timedOut => new SendOutcome.Unconfirmed(0, "no answer in time"),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Away("the provider's name could not be resolved"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Away("the provider could not be reached"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Away("the TLS handshake failed"),
        OperationCanceledException { InnerException: TimeoutException } => Away("no connection in time"),
        _ => new SendOutcome.Unconfirmed(0, $"the connection broke ({fault.GetType().Name})"),
    };

    private static SendOutcome.Retry Away(string reason) => new(0, reason, RetryCause.Outage);
}

namespace BulkSms.TwilioSimulator;

/// <summary>Posts signed forms, as Twilio does, over one pool of connections.</summary>
internal sealed class WebhookClient(TwilioSimulatorOptions options) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="url">Where to; its fragment is neither sent nor signed.</param>
    /// <param name="form">The parameters.</param>
    /// <param name="idempotencyToken">The same for every delivery of one event.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    /// <param name="cancellation">When the simulator stops.</param>
    public async Task<CallbackResult> PostAsync(
        string url, IReadOnlyCollection<KeyValuePair<string, string>> form, string idempotencyToken, TimeSpan timeout,
        CancellationToken cancellation)
    {
        if (!MayCall(url))
        {
            return CallbackResult.NotConnected;
        }

        using var deadline = new CancellationTokenSource(timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, TwilioSignature.WithoutFragment(url));
        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Add("X-Twilio-Signature", TwilioSignature.Of(url, form, options.TokenOf(form.FirstOrDefault(each => each.Key is "AccountSid" or "account_sid").Value)));
        request.Headers.Add("I-Twilio-Idempotency-Token", idempotencyToken);
        request.Headers.Add("User-Agent", "TwilioProxy/1.1");
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return CallbackResult.Answered((int)response.StatusCode);
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError is
                HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                ? CallbackResult.NotConnected
                : CallbackResult.NotAnswered;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return CallbackResult.NotAnswered;
        }
    }

    /// <summary>Whether an address is on this machine: a simulation calls no other.</summary>
    public static bool MayCall(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback && address.Scheme is "http" or "https";

    public void Dispose() => _http.Dispose();
}

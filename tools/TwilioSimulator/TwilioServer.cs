namespace BulkSms.TwilioSimulator;

/// <summary>
/// Twilio's Messages API on loopback. Several can run in one process, each with its own port, messages and faults.
/// </summary>
public sealed class TwilioServer : IAsyncDisposable
{
    private readonly Simulation _simulation;
    private WebApplication? _app; // null: closed
    private int _disposed;

    private TwilioServer(WebApplication app, Simulation simulation)
    {
        (_app, _simulation) = (app, simulation);
        BaseUrl = Listener.BaseUrl(app);
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:9797/</c>. In place of <c>https://api.twilio.com</c>.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The account that it simulates.</summary>
    public TwilioSimulatorOptions Options => _simulation.Options;

    /// <summary>How it is set.</summary>
    public AccountSetUp Account => _simulation.Account;

    /// <summary>What goes wrong.</summary>
    public Faults Faults => _simulation.Faults;

    /// <summary>What arrived and what was accepted.</summary>
    public MessageLog Messages => _simulation.Messages;

    /// <summary>How each number behaves: <c>Recipients["+15550001111"] = new RecipientBehaviour { RejectCode = 21614 }</c>.</summary>
    public Recipients Recipients => _simulation.Recipients;

    /// <summary>Starts listening.</summary>
    public static async Task<TwilioServer> StartAsync(TwilioSimulatorOptions? options = null, CancellationToken ct = default)
    {
        var simulation = new Simulation(options ?? new TwilioSimulatorOptions());
        try
        {
            return new TwilioServer(await ListenAsync(simulation, simulation.Options.Port, ct), simulation);
        }
        catch
        {
            await simulation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops listening, so that connections are refused; calls under way are cut off after two seconds. What is known stays, and callbacks go on.</summary>
    public async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is { } app)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Listens again, where it did before <see cref="CloseAsync"/>. Something else may have taken a port that was any free one.</summary>
    public async Task OpenAsync(CancellationToken ct = default)
    {
        if (_app is null && _disposed == 0)
        {
            _app = await ListenAsync(_simulation, BaseUrl.Port, ct);
        }
    }

    /// <summary>From now on creates for this number are refused with 21610.</summary>
    public void OptOut(string number) => _simulation.OptOuts.Add(number);

    /// <summary>Takes <see cref="OptOut"/> back.</summary>
    public void OptIn(string number) => _simulation.OptOuts.Remove(number);

    /// <summary>
    /// A phone texts the Messaging Service: keywords such as STOP and START take effect here, then the webhook gets the signed form.
    /// </summary>
    /// <param name="webhook">The inbound webhook; its text is signed as given.</param>
    /// <param name="from">The phone's number in E.164.</param>
    /// <param name="body">What it texts.</param>
    /// <param name="optOutType">STOP, START or HELP with Advanced Opt-Out. Default none: the parameter is not sent.</param>
    /// <param name="account">Whose Messaging Service it texts. Default none: that of the first account.</param>
    /// <returns>The webhook's HTTP status, or null if it could not be reached or did not answer within 15 s.</returns>
    public Task<int?> SendInboundAsync(Uri webhook, string from, string body, string? optOutType = null, OtherAccount? account = null) =>
        _simulation.SendInboundAsync(webhook, _simulation.Receive(from, body, optOutType, at: null, account));

    /// <summary>A phone texts the Messaging Service, and no webhook hears of it: it is only in the list.</summary>
    /// <param name="from">The phone's number in E.164.</param>
    /// <param name="body">What it texts.</param>
    /// <param name="at">When. Default now.</param>
    /// <param name="account">Whose Messaging Service it texts. Default none: that of the first account.</param>
    /// <returns>The message's SID.</returns>
    public string ReceiveInbound(string from, string body, DateTimeOffset? at = null, OtherAccount? account = null) => _simulation.Receive(from, body, optOutType: null, at, account).Sid;

    /// <summary>Calls the webhook for a message that the service has received, once more or for the first time.</summary>
    public Task<int?> SendInboundAgainAsync(Uri webhook, string sid) => _simulation.SendInboundAsync(webhook, _simulation.Inbound.Find(sid)!);

    /// <summary>
    /// Done when no message is on its way and no callback is waiting, being sent or retried. Scheduled messages do not count.
    /// </summary>
    public Task WhenIdleAsync(CancellationToken ct = default) => _simulation.WhenIdleAsync(ct);

    /// <summary>Forgets all messages, calls, faults, behaviours, opt-outs and pending callbacks.</summary>
    public void Reset() => _simulation.Reset();

    /// <summary>Stops listening; held calls are cut off and pending callbacks are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _simulation.StopAsync();
            await CloseAsync();
            await _simulation.DisposeAsync();
        }
    }

    private static async Task<WebApplication> ListenAsync(Simulation simulation, int port, CancellationToken ct)
    {
        var app = Listener.Create(simulation, port);
        try
        {
            await app.StartAsync(ct);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}

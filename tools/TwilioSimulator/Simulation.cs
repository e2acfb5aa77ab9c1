namespace BulkSms.TwilioSimulator;

/// <summary>Everything but HTTP: who the account is, what it holds and what is under way.</summary>
internal sealed class Simulation : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly PendingWork _pending = new();
    private readonly Schedule _schedule;
    private readonly WebhookClient _webhooks;
    private readonly CallbackDispatcher _dispatcher;

    public Simulation(TwilioSimulatorOptions options)
    {
        Options = options;
        Faults = new Faults(new Chance(options.Seed));
        _schedule = new Schedule(options.Time, _pending);
        _webhooks = new WebhookClient(options);
        Callbacks = new CallbackSender(_webhooks, _schedule, _pending);
        _dispatcher = new CallbackDispatcher(Faults, _schedule, Callbacks);
        Lifecycle = new Lifecycle(options, Faults, Recipients, _schedule, _dispatcher);
    }

    public TwilioSimulatorOptions Options { get; }

    public Faults Faults { get; }

    public AccountSetUp Account { get; } = new();

    public MessageLog Messages { get; } = new();

    public Recipients Recipients { get; } = new();

    public OptOutList OptOuts { get; } = new();

    public CallbackSender Callbacks { get; }

    public Lifecycle Lifecycle { get; }

    public CancellationToken Stopping => _stop.Token;

    public Task WhenIdleAsync(CancellationToken cancellation) => _pending.WhenIdleAsync(cancellation);

    public InboundLog Inbound { get; } = new();

    public InboundMessage Receive(string from, string body, string? optOutType, DateTimeOffset? at, OtherAccount? account = null)
    {
        var message = new InboundMessage(from, body, optOutType, at ?? Options.Time.GetUtcNow(), account);
        Inbound.Add(message);
        OptOuts.Hear(from, body, optOutType);
        return message;
    }

    /// <summary>Posts the message, and again as the webhook's fragment asks for: see <see cref="ConnectionOverrides"/>.</summary>
    /// <returns>The last answer's status; null: there was none.</returns>
    public async Task<int?> SendInboundAsync(Uri webhook, InboundMessage message)
    {
        var overrides = ConnectionOverrides.Of(webhook.OriginalString);
        var token = Guid.NewGuid().ToString();
        for (var attempt = 0; ; attempt++)
        {
            var result = await _webhooks.PostAsync(webhook.OriginalString, message.Form(Options), token, overrides.ReadTimeout, Stopping);
            if (!overrides.Retry(result, attempt))
            {
                if (result.Failure is not null)
                {
                    Account.Alerts.Enqueue(new(webhook.OriginalString.Split('#')[0], AlertRecord.RetrievalFailure, Options.Time.GetUtcNow()));
                }

                return result.StatusCode;
            }

            await Task.Delay(FirstRetry * (1 << attempt), Options.Time, Stopping);
        }
    }

    public void Reset()
    {
        Faults.Clear();
        _schedule.Clear();
        _dispatcher.Clear();
        Callbacks.Clear();
        Recipients.Clear();
        OptOuts.Clear();
        Messages.Clear();
        Inbound.Clear();
        Account.Alerts.Clear();
        Account.Faults.Clear();
    }

    /// <summary>Lets go of held calls, so that the listener can stop.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _schedule.DisposeAsync();
        await Callbacks.DisposeAsync();
        _webhooks.Dispose();
        _stop.Dispose();
    }
}

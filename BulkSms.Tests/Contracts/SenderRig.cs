using BulkSms.Common;
using BulkSms.Messages;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Contracts;

/// <summary>A sender on the app's own HttpClient, a simulator at the other end of a socket, and a clock that stands still.</summary>
public sealed class SenderRig : IAsyncDisposable
{
    /// <summary>Far below a test's patience, were it the system's clock that measured it.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(35);

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly ServiceProvider services;
    private readonly ISmsSender sender;

    private SenderRig(TwilioServer twilio, Uri baseUrl, Func<IHttpClientFactory, ISmsSender> create)
    {
        Twilio = twilio;
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .Configure<TwilioOptions>(options => options.BaseUrl = baseUrl)
            .AddTwilioHttpClient()
            .BuildServiceProvider();
        sender = create(services.GetRequiredService<IHttpClientFactory>());
    }

    public TwilioServer Twilio { get; }

    public FakeTimeProvider Clock { get; } = new();

    /// <param name="create">Makes the sender under test.</param>
    /// <param name="baseUrl">Where the sender is pointed at; null: at the simulator.</param>
    public static async Task<SenderRig> StartAsync(Func<IHttpClientFactory, ISmsSender> create, Func<TwilioServer, Uri>? baseUrl = null)
    {
        var twilio = await TwilioServer.StartAsync(ct: TestContext.Current.CancellationToken);
        return new(twilio, baseUrl?.Invoke(twilio) ?? twilio.BaseUrl, create);
    }

    /// <summary>Sends as <see cref="SendSms"/> does.</summary>
    /// <param name="to">E.164.</param>
    /// <param name="text">The text.</param>
    /// <param name="callback">Where Twilio is to report; null: nowhere.</param>
    /// <param name="authToken">Null: the right one.</param>
    /// <param name="late">How long after its claim the call begins.</param>
    /// <param name="validity">Seconds that it may wait at Twilio; null: Twilio's default.</param>
    /// <param name="extras">What it is made of beside its text; null: nothing.</param>
    public Task<SendOutcome> SendAsync(
        string to, string text = "Your order is ready", Uri? callback = null, string? authToken = null, TimeSpan late = default, int? validity = null, MessageExtras? extras = null)
    {
        var window = new Deadline(Clock, Window);
        Clock.Advance(late);
        return sender.SendAsync(
            new OutgoingSms(to, text, Twilio.Options.MessagingServiceSid, callback, validity) { Extras = extras ?? MessageExtras.None },
            new TwilioCredentials(Twilio.Options.AccountSid, authToken ?? Twilio.Options.AuthToken),
            new CallLimits(window, CallTimeout));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Twilio.DisposeAsync();
    }
}

using System.Security.Cryptography;
using BulkSms.Client.Http;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

namespace BulkSms.Client;

/// <summary>
/// Calls BulkSms. Calls are repeated where that is safe, which it is everywhere: a broadcast is sent under an Idempotency-Key, and every other call may be repeated. What the app refuses, and an
/// app that cannot be reached, is a <see cref="BulkSmsException"/>.
/// </summary>
public sealed class BulkSmsClient : IDisposable
{
    private readonly HttpClient http;
    private readonly HttpClientRequestAdapter adapter;

    public BulkSmsClient(BulkSmsClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        http = HttpPipeline.Create(options);
        adapter = new(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = http.BaseAddress!.ToString().TrimEnd('/') };
        var exchange = new Exchange(http, adapter);
        var api = new BulkSmsApi(adapter).Api;
        Broadcasts = new(exchange, api.V1.Broadcasts, options);
        Audit = new(exchange, api.V1.Audit);
        Events = new(exchange, api.V1.EventEndpoints);
        OptOuts = new(exchange, api.V1.Optouts);
        People = new(exchange, api.V1.People);
        Poison = new(exchange, api.V1.Poison);
        Prices = new(exchange, api.V1.Prices);
        Profiles = new(exchange, api.V1.Profiles);
        Replies = new(exchange, api.V1.Replies);
        Sending = new(exchange, api.V1.Sending);
        Health = new(exchange, api.Health, api.V1.Doctor);
    }

    /// <summary>An app that asks for no token.</summary>
    public BulkSmsClient(Uri address, string key)
        : this(new BulkSmsClientOptions { Address = address, Key = key })
    {
    }

    /// <summary>Send, preview, test, list, follow, pause, cancel, erase.</summary>
    public BroadcastCalls Broadcasts { get; }

    /// <summary>Who did what.</summary>
    public AuditCalls Audit { get; }

    /// <summary>Endpoints that are told of events.</summary>
    public EventCalls Events { get; }

    /// <summary>Who is not texted.</summary>
    public OptOutCalls OptOuts { get; }

    /// <summary>Exports and erases what is stored of one person.</summary>
    public PeopleCalls People { get; }

    /// <summary>Messages that failed for good, and their replay.</summary>
    public PoisonCalls Poison { get; }

    /// <summary>The prices that estimates go by.</summary>
    public PriceCalls Prices { get; }

    /// <summary>Named ways to send.</summary>
    public ProfileCalls Profiles { get; }

    /// <summary>What people text back that is no opt-out.</summary>
    public ReplyCalls Replies { get; }

    /// <summary>Suspends and resumes all sending.</summary>
    public SendingCalls Sending { get; }

    /// <summary>Whether the app can do its work.</summary>
    public HealthCalls Health { get; }

    /// <summary>A new Idempotency-Key.</summary>
    public static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public void Dispose()
    {
        adapter.Dispose();
        http.Dispose();
    }
}

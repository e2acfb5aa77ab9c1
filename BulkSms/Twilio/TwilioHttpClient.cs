using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>The named HttpClient that every call to Twilio goes through: the SDK's and our own.</summary>
public static class TwilioHttpClient
{
    public const string Name = "twilio";

    /// <summary>The address that requests are formed with; <see cref="BaseAddressHandler"/> sends them to the configured one.</summary>
    public const string PublicAddress = "https://api.twilio.com";

    /// <summary>The same of the messaging API, which knows a service's senders.</summary>
    public const string PublicMessagingAddress = "https://messaging.twilio.com";

    /// <summary>The same of the accounts API, which knows the countries that an account may text.</summary>
    public const string PublicAccountsAddress = "https://accounts.twilio.com";

    /// <summary>The same of the monitor API, which knows what went wrong with webhooks.</summary>
    public const string PublicMonitorAddress = "https://monitor.twilio.com";

    /// <summary>The same of the pricing API, which knows what a text to a country costs.</summary>
    public const string PublicPricingAddress = "https://pricing.twilio.com";

    public static IServiceCollection AddTwilioHttpClient(this IServiceCollection services)
    {
        services.AddTransient<SmsCallHandler>();
        services.AddTransient<BaseAddressHandler>();
        services.AddHttpClient(Name, client => client.Timeout = Timeout.InfiniteTimeSpan) // SmsCallHandler's is the only time-out
            .RemoveAllLoggers() // they print URLs, and a list's URL holds a number
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.ConnectTimeout = TimeSpan.FromSeconds(10);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.MaxConnectionsPerServer = int.MaxValue; // the gate bounds them
                handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(); // traced, but our trace ids are no business of Twilio's
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // the pool renews its connections itself
            .AddHttpMessageHandler<BaseAddressHandler>()
            .AddHttpMessageHandler<SmsCallHandler>();
        return services;
    }
}

/// <summary>Sends requests for Twilio's public address to the configured one, and refuses to take the credentials anywhere else.</summary>
public sealed class BaseAddressHandler(IOptions<TwilioOptions> options) : DelegatingHandler
{
    private readonly (Uri Public, Uri Configured)[] addresses =
    [
        (new(TwilioHttpClient.PublicAddress), options.Value.BaseUrl),
        (new(TwilioHttpClient.PublicMessagingAddress), options.Value.MessagingBaseUrl),
        (new(TwilioHttpClient.PublicAccountsAddress), options.Value.AccountsBaseUrl),
        (new(TwilioHttpClient.PublicMonitorAddress), options.Value.MonitorBaseUrl),
        (new(TwilioHttpClient.PublicPricingAddress), options.Value.PricingBaseUrl),
    ];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (_, configured) = Array.Find(addresses, each => request.RequestUri is { } uri && IsAt(uri, each.Public));
        request.RequestUri = configured is null ? throw new InvalidOperationException("Only Twilio's own address is called.") : new Uri(configured, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }

    private static bool IsAt(Uri uri, Uri address) => Uri.Compare(uri, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}

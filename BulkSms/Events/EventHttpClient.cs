using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Events;

/// <summary>The named HttpClient that every call to an endpoint goes through. It follows no redirect, keeps no cookie and goes through no proxy.</summary>
public static class EventHttpClient
{
    public const string Name = "events";

    /// <summary>Bytes of an answer that are read so that its connection can be used again: what an endpoint says beside its status does not matter.</summary>
    private const int MostDrained = 64 * 1024;

    public static IServiceCollection AddEventHttpClient(this IServiceCollection services)
    {
        services.AddHttpClient(Name, client => client.Timeout = Timeout.InfiniteTimeSpan) // CallEndpoint's is the only time-out
            .RemoveAllLoggers() // they print URLs, and an endpoint's may hold a secret
            .UseSocketsHttpHandler((handler, provider) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.UseProxy = false;
                handler.ConnectTimeout = TimeSpan.FromSeconds(10);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2); // a name that moves is found again, and checked again
                handler.MaxResponseDrainSize = MostDrained;
                handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
                handler.ConnectCallback = provider.GetRequiredService<EndpointAddress>().ConnectAsync;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan); // the pool renews its connections itself
        return services;
    }
}

using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.Common;
using BulkSms.Storage.Calls;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BulkSms.Storage;

/// <summary>
/// The three storage services, from the setting that the Functions host uses for itself: <c>AzureWebJobsStorage</c>, either a connection string or
/// <c>AzureWebJobsStorage:accountName</c> with an identity (<c>credential</c> = managedidentity and <c>clientId</c>, both optional).
/// </summary>
public static class StorageServices
{
    public const string Setting = "AzureWebJobsStorage";

    /// <summary>Key of the table service whose every call is made once.</summary>
    public const string WithoutRetries = "without retries";

    // Short enough that a request whose storage is away answers in seconds. Ambiguity is resolved by reading, not by waiting.
    private const int MaxRetries = 2;
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(10);

    // While storage is busy the clients ask before they send what is long, and to learn how long it is they write every queue message twice. Ours are short; a list is uploaded once.
    private const string NoExpectContinue = "Azure.Storage.DisableExpectContinueHeader";

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        AppContext.SetSwitch(NoExpectContinue, true);
        var account = StorageAccount.From(configuration.GetSection(Setting));
        services.TryAddSingleton(Shared); // an instance: what an app still has to record outlives its container
        services.AddSingleton(provider => account.Tables(Tune(new TableClientOptions(), TransportOf(provider))));
        services.AddKeyedSingleton(WithoutRetries, (provider, _) =>
        {
            var once = Tune(new TableClientOptions(), TransportOf(provider));
            once.Retry.MaxRetries = 0;
            return account.Tables(once);
        });
        services.AddSingleton(provider => account.Queues(Tune(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }, TransportOf(provider))));
        services.AddSingleton(provider => account.Blobs(Tune(new BlobClientOptions(), TransportOf(provider))));
        services.AddSingleton(provider => new StorageCalls(account, provider.GetRequiredService<TableServiceClient>(), provider.GetRequiredService<QueueServiceClient>(), TransportOf(provider)));
        services.AddChecked<StorageOptions, StorageOptionsValidator>(configuration, StorageOptions.Section);
        services.AddSingleton<StorageSetup>();
        services.AddHostedService(provider => provider.GetRequiredService<StorageSetup>());
        return services;
    }

    /// <summary>Retries, time-outs and silence that suit BulkSms, on any client of storage.</summary>
    /// <param name="options">The client's.</param>
    /// <param name="transport">What carries its calls: the container's <see cref="HttpPipelineTransport"/>.</param>
    public static T Tune<T>(T options, HttpPipelineTransport transport)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = Backoff;
        options.Retry.MaxDelay = MaxRetryDelay;
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.Diagnostics.IsLoggingEnabled = false; // request URLs hold phone numbers (opt-outs)
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Transport = transport;
        return options;
    }

    // One connection pool for all three; connections are renewed, so that a storage account that moves is found again.
    private static readonly HttpPipelineTransport Shared = new HttpClientTransport(new HttpClient(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseCookies = false,
        AllowAutoRedirect = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan });

    private static HttpPipelineTransport TransportOf(IServiceProvider provider) => provider.GetRequiredService<HttpPipelineTransport>();
}

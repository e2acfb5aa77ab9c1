using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Storage;
using BulkSms.Storage.Calls;

namespace BulkSms.LocalHost.Pump;

/// <summary>Runs one pump for as long as the host runs.</summary>
public sealed class QueuePumpService(QueuePump pump, StorageSetup storage) : BackgroundService
{
    private const string PoisonSuffix = "-poison";

    /// <summary>Registers a queue trigger. As with the Functions host, a queue whose name ends in <c>-poison</c> has no poison queue of its own.</summary>
    public static void Add(IServiceCollection services, string connectionString, string queueName, Func<IServiceProvider, Func<QueueMessage, CancellationToken, Task>> trigger) =>
        services.AddSingleton<IHostedService>(provider => new QueuePumpService(new QueuePump(
            Open(provider, connectionString, queueName),
            queueName.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : Open(provider, connectionString, queueName + PoisonSuffix),
            provider.GetRequiredService<StorageCalls>().Queue(queueName),
            trigger(provider),
            provider.GetRequiredService<HostQueueSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<QueuePump>>()), provider.GetRequiredService<StorageSetup>()));

    private static QueueClient Open(IServiceProvider provider, string connectionString, string queueName) => new(
        connectionString,
        queueName,
        StorageServices.Tune(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }, provider.GetRequiredService<HttpPipelineTransport>()));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.Ready.WaitAsync(stoppingToken);
        await pump.RunAsync(stoppingToken);
    }
}

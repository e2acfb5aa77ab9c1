using Azure.Storage.Queues;
using BulkSms.Storage;

namespace BulkSms.LocalHost.Pump;

/// <summary>Runs one pump for as long as the host runs.</summary>
public sealed class QueuePumpService(QueuePump pump, StorageSetup storage) : BackgroundService
{
    /// <summary>Registers a queue trigger.</summary>
    public static void Add(IServiceCollection services, string connectionString, string queueName, Func<IServiceProvider, Func<BinaryData, CancellationToken, Task>> trigger) =>
        services.AddSingleton<IHostedService>(provider => new QueuePumpService(new QueuePump(
            Open(connectionString, queueName),
            Open(connectionString, queueName + "-poison"),
            trigger(provider),
            provider.GetRequiredService<HostQueueSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<QueuePump>>()), provider.GetRequiredService<StorageSetup>()));

    private static QueueClient Open(string connectionString, string queueName) =>
        new(connectionString, queueName, StorageServices.Tune(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.Ready.WaitAsync(stoppingToken);
        await pump.RunAsync(stoppingToken);
    }
}

using Azure.Storage.Queues;

namespace BulkSms.LocalHost.Pump;

/// <summary>Runs one pump for as long as the host runs.</summary>
public sealed class QueuePumpService(QueuePump pump) : BackgroundService
{
    /// <summary>Registers a queue trigger.</summary>
    public static void Add(IServiceCollection services, string connectionString, string queueName, Func<IServiceProvider, Func<BinaryData, CancellationToken, Task>> trigger) =>
        services.AddSingleton<IHostedService>(provider => new QueuePumpService(new QueuePump(
            new QueueClient(connectionString, queueName),
            new QueueClient(connectionString, queueName + "-poison"),
            trigger(provider),
            provider.GetRequiredService<HostQueueSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<QueuePump>>())));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => pump.RunAsync(stoppingToken);
}

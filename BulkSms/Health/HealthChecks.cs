using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.SendingControl;
using BulkSms.Storage;
using BulkSms.Twilio;

namespace BulkSms.Health;

/// <summary>Asks each part that the app needs whether it answers, all at once. Under 2 s whatever is down.</summary>
public sealed class HealthChecks(
    TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs, TwilioAccounts accounts, ControlTable holds, TimeProvider time)
{
    /// <summary>The status of a part that answers.</summary>
    public const string Up = "up";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    /// <summary>Every part.</summary>
    public async Task<IReadOnlyList<HealthCheckView>> RunAsync(CancellationToken stop)
    {
        var others = Task.WhenAll(CheckAsync("secrets", token => Task.WhenAll(accounts.Sources.Select(source => source.GetAsync(token).AsTask())), stop), CheckAsync("sending", SendingAsync, stop));
        return [.. await StorageAsync(stop), .. await others];
    }

    /// <summary>The parts of storage.</summary>
    public async Task<IReadOnlyList<HealthCheckView>> StorageAsync(CancellationToken stop) => await Task.WhenAll(
        CheckAsync("tables", token => tables.GetTableClient(TableNames.Broadcasts).GetEntityIfExistsAsync<TableEntity>("-", "-", cancellationToken: token), stop),
        CheckAsync("queues", token => queues.GetQueueClient(QueueNames.Outbound).GetPropertiesAsync(token), stop),
        CheckAsync("blobs", token => blobs.GetBlobContainerClient(ContainerNames.Broadcasts).GetPropertiesAsync(cancellationToken: token), stop));

    private async Task<string> SendingAsync(CancellationToken cancellation) => (await holds.ReadAsync(cancellation)).Suspension is null ? Up : "suspended";

    private Task<HealthCheckView> CheckAsync(string part, Func<CancellationToken, Task> check, CancellationToken stop) => CheckAsync(
        part,
        async token =>
        {
            await check(token);
            return Up;
        },
        stop);

    private async Task<HealthCheckView> CheckAsync(string part, Func<CancellationToken, Task<string>> check, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        var begun = time.GetTimestamp();
        string state;
        try
        {
            state = await check(either.Token).WaitAsync(either.Token);
        }
        catch (Exception)
        {
            state = "down";
        }

        return new(part, state, (int)time.GetElapsedTime(begun).TotalMilliseconds);
    }
}

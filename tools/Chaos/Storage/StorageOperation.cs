using BulkSms.Storage;

namespace BulkSms.Chaos.Storage;

/// <summary>The kinds of storage operations that BulkSms makes; each is broken at a rate of its own.</summary>
public enum StorageOperation
{
    Other,
    ReserveKey,
    ReadKey,
    CommitBroadcast,
    ReadBroadcast,
    MergeBroadcast,
    CompleteBroadcast,
    WriteHold,
    ReadHolds,
    InsertRecipients,
    MergeRecipient,
    ReadRecipient,
    QueryRecipients,
    WriteOptOut,
    ReadOptOut,
    WritePoison,
    ReadPoison,
    WriteBlob,
    ReadBlob,
    Lease,
    SendMessage,
    SendPoisonMessage,
    ReceiveMessages,
    UpdateMessage,
    DeleteMessage,
    WriteAudit,
}

/// <summary>Tells a request's kind from its method, its path after the account, its query and its body.</summary>
internal static class StorageOperations
{
    private const string HoldPartition = "holds";

    public static StorageOperation Of(string method, string path, string query, string body)
    {
        var target = path.Split('/', '(')[0];
        var reads = method is "GET" or "HEAD";
        return target switch
        {
            "$batch" => OfBatch(body),
            TableNames.IdempotencyKeys => reads ? StorageOperation.ReadKey : StorageOperation.ReserveKey,
            TableNames.OptOuts => reads ? StorageOperation.ReadOptOut : StorageOperation.WriteOptOut,
            TableNames.PoisonMessages => reads ? StorageOperation.ReadPoison : StorageOperation.WritePoison,
            TableNames.Broadcasts when Names(HoldPartition, path, query, body) => reads ? StorageOperation.ReadHolds : StorageOperation.WriteHold,
            TableNames.Broadcasts => reads ? StorageOperation.ReadBroadcast : StorageOperation.MergeBroadcast,
            TableNames.Recipients when reads => path.Contains("RowKey", StringComparison.Ordinal) ? StorageOperation.ReadRecipient : StorageOperation.QueryRecipients,
            TableNames.Recipients => path.Contains("RowKey", StringComparison.Ordinal) ? StorageOperation.MergeRecipient : StorageOperation.InsertRecipients,
            ContainerNames.Locks => StorageOperation.Lease,
            ContainerNames.Broadcasts => reads ? StorageOperation.ReadBlob : StorageOperation.WriteBlob,
            _ when path.Contains("/messages", StringComparison.Ordinal) => OfQueue(method, target, path, query),
            _ => StorageOperation.Other,
        };
    }

    private static StorageOperation OfBatch(string body) => body switch
    {
        _ when body.Contains($"/{TableNames.Recipients}", StringComparison.Ordinal) => StorageOperation.InsertRecipients,
        _ when body.Contains($"/{TableNames.PoisonMessages}", StringComparison.Ordinal) => StorageOperation.WritePoison,
        _ when body.Contains($"/{TableNames.OptOuts}", StringComparison.Ordinal) => StorageOperation.WriteOptOut,
        _ when body.Contains($"/{TableNames.AuditLog}", StringComparison.Ordinal) => StorageOperation.WriteAudit,
        _ when body.Contains("DELETE ", StringComparison.Ordinal) => StorageOperation.CompleteBroadcast,
        _ => StorageOperation.CommitBroadcast,
    };

    private static StorageOperation OfQueue(string method, string queue, string path, string query) => method switch
    {
        "POST" => queue.EndsWith("-poison", StringComparison.Ordinal) ? StorageOperation.SendPoisonMessage : StorageOperation.SendMessage,
        "GET" when !query.Contains("peekonly", StringComparison.Ordinal) => StorageOperation.ReceiveMessages,
        "PUT" => StorageOperation.UpdateMessage,
        "DELETE" when !path.EndsWith("/messages", StringComparison.Ordinal) => StorageOperation.DeleteMessage,
        _ => StorageOperation.Other,
    };

    private static bool Names(string partition, string path, string query, string body) =>
        path.Contains($"PartitionKey='{partition}'", StringComparison.Ordinal)
        || query.Contains($"%27{partition}%27", StringComparison.Ordinal) || query.Contains($"'{partition}'", StringComparison.Ordinal)
        || body.Contains($"\"PartitionKey\":\"{partition}\"", StringComparison.Ordinal);
}

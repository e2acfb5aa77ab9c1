namespace BulkSms.Chaos.Storage;

/// <summary>The storage operations that BulkSms makes.</summary>
public enum StorageOperation
{
    Other,
    CommitBroadcast,
    MergeBroadcast,
    InsertRecipients,
    MergeRecipient,
    ReadRecipient,
    SendMessage,
    ReceiveMessages,
    UpdateMessage,
    DeleteMessage,
}

/// <summary>One call to storage as the proxy sees it.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Target">The queue or table.</param>
/// <param name="Body">The request's body as text.</param>
public sealed record StorageCall(StorageOperation Operation, string Target, string Body)
{
    /// <summary>Tells the operation from the request: its method, its path after the account, and for a transaction its body.</summary>
    public static StorageCall Of(string method, string path, string query, string body)
    {
        var rest = path.TrimStart('/').Split('/', 2) is [_, var after] ? after : "";
        var target = rest.Split('/', '(')[0];
        var operation = (method, rest) switch
        {
            ("POST", "$batch") when body.Contains("/OptOuts", StringComparison.Ordinal) => StorageOperation.Other,
            ("POST", "$batch") => body.Contains("/Broadcasts", StringComparison.Ordinal) ? StorageOperation.CommitBroadcast : StorageOperation.InsertRecipients,
            ("PATCH" or "MERGE" or "PUT" or "POST", _) when rest.StartsWith("Broadcasts(", StringComparison.Ordinal) => StorageOperation.MergeBroadcast,
            ("PATCH" or "MERGE" or "PUT" or "POST", _) when rest.StartsWith("Recipients(", StringComparison.Ordinal) => StorageOperation.MergeRecipient,
            ("GET", _) when rest.StartsWith("Recipients(", StringComparison.Ordinal) => StorageOperation.ReadRecipient,
            ("POST", _) when rest.EndsWith("/messages", StringComparison.Ordinal) => StorageOperation.SendMessage,
            ("GET", _) when rest.EndsWith("/messages", StringComparison.Ordinal) && !query.Contains("peekonly", StringComparison.Ordinal) => StorageOperation.ReceiveMessages,
            ("PUT", _) when rest.Contains("/messages/", StringComparison.Ordinal) => StorageOperation.UpdateMessage,
            ("DELETE", _) when rest.Contains("/messages/", StringComparison.Ordinal) => StorageOperation.DeleteMessage,
            _ => StorageOperation.Other,
        };
        return new(operation, target, body);
    }
}

namespace BulkSms.Chaos.Storage;

/// <summary>One call to storage as the proxy sees it.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Path">Its path after the account.</param>
/// <param name="IfMatch">The ETag that it is made under; empty when there is none.</param>
/// <param name="Body">The request's body as text.</param>
public sealed record StorageCall(StorageOperation Operation, string Path, string IfMatch, string Body)
{
    public static StorageCall Of(string method, string path, string query, string ifMatch, string body)
    {
        var rest = path.TrimStart('/').Split('/', 2) is [_, var after] ? after : "";
        return new(StorageOperations.Of(method, rest, query, body), rest, ifMatch, body);
    }
}

namespace BulkSms.MemoryStorage;

/// <summary>The path of a call: <c>/table/Recipients(…)</c> → the service and what follows, decoded.</summary>
public static class StoragePath
{
    public static (string Service, string Path) Split(string path)
    {
        var end = path.IndexOf('/', 1);
        return end < 0 ? (path[1..], "") : (path[1..end], Uri.UnescapeDataString(path[(end + 1)..]));
    }
}

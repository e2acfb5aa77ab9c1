namespace BulkSms.MemoryStorage.Tables;

/// <summary>The path of a call to the table service: <c>Recipients(PartitionKey='a',RowKey='b')</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Keys">The entity's; null: the path names the table alone.</param>
internal readonly record struct EntityPath(string Table, (string PartitionKey, string RowKey)? Keys)
{
    private const string First = "PartitionKey='";
    private const string Second = "',RowKey='";

    public static EntityPath Parse(string path)
    {
        var open = path.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return new(path, null);
        }

        var keys = path[(open + 1)..^1];
        if (keys.Length == 0)
        {
            return new(path[..open], null);
        }

        var between = keys.IndexOf(Second, StringComparison.Ordinal);
        return new(path[..open], (Unquote(keys[First.Length..between]), Unquote(keys[(between + Second.Length)..^1])));
    }

    private static string Unquote(string text) => text.Replace("''", "'", StringComparison.Ordinal);
}

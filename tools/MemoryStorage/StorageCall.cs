using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace BulkSms.MemoryStorage;

/// <summary>One call to a storage service, however it came.</summary>
/// <param name="Method">GET, PUT, …</param>
/// <param name="Path">Decoded, without the account: <c>sms-outbound/messages</c>.</param>
/// <param name="QueryText">With its question mark, or empty.</param>
/// <param name="Header">A header by its name; null: not sent.</param>
/// <param name="Body">All of it.</param>
public sealed record StorageCall(string Method, string Path, string QueryText, Func<string, string?> Header, ReadOnlyMemory<byte> Body)
{
    private Dictionary<string, StringValues>? query;

    /// <summary>A query parameter; null: not given.</summary>
    public string? Query(string name) =>
        QueryText.Length > 0 && (query ??= QueryHelpers.ParseQuery(QueryText)).TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>A query parameter that is a whole number.</summary>
    public int? Number(string name) => Query(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
}

using System.Collections.Concurrent;

namespace BulkSms.Chaos;

/// <summary>A broadcast as its poster knows it.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Message">The text.</param>
/// <param name="Numbers">The unique numbers.</param>
public sealed record Posted(string Key, string Message, IReadOnlyList<string> Numbers)
{
    /// <summary>When it expires; null: when the app says.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether an operator may cancel it.</summary>
    public bool MayBeCanceled { get; init; }

    /// <summary>Every id that any answer named: there must be one.</summary>
    public ConcurrentDictionary<string, bool> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an answer was 202.</summary>
    public bool IsAccepted { get; set; }

    public string? Id => Ids.Keys.FirstOrDefault();
}

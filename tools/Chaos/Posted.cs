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

    /// <summary>Whether each recipient has a text of its own.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Whether an operator may cancel it.</summary>
    public bool MayBeCanceled { get; init; }

    /// <summary>A recipient's value for the placeholder <c>{{name}}</c>.</summary>
    public static string NameOf(string number) => $"number {number[^4..]}";

    /// <summary>What a recipient is to read.</summary>
    public string TextFor(string number) => IsPersonal ? Message.Replace("{{name}}", NameOf(number), StringComparison.Ordinal) : Message;

    /// <summary>Every id that any answer named: there must be one.</summary>
    public ConcurrentDictionary<string, bool> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an answer was 202.</summary>
    public bool IsAccepted => !Told.IsEmpty;

    /// <summary>How many recipients the answers that were 202 told: all the same.</summary>
    public ConcurrentDictionary<int, bool> Told { get; } = new();

    /// <summary>Notes an answer that was 202.</summary>
    public void Accept(string id, int recipients)
    {
        Ids.TryAdd(id, true);
        Told.TryAdd(recipients, true);
    }

    public string? Id => Ids.Keys.FirstOrDefault();
}

using System.Collections.Concurrent;
using BulkSms.Broadcasts;

namespace BulkSms.Chaos;

/// <summary>A broadcast as its poster knows it.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Message">The text.</param>
/// <param name="Numbers">The unique numbers.</param>
public sealed record Posted(string Key, string Message, IReadOnlyList<string> Numbers)
{
    /// <summary>When it expires; null: when the app says.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it goes before the others.</summary>
    public bool IsHigh { get; init; }

    /// <summary>The first part that is sent alone, and what must come of it; null: all are sent to.</summary>
    public Canary? FirstPart { get; init; }

    /// <summary>Addresses of the media that go with the text.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>Whether each recipient has a text of its own.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Numbers that two people have: each is sent a text of their own.</summary>
    public IReadOnlyList<string> Shared { get; init; } = [];

    /// <summary>Whether an operator may cancel it.</summary>
    public bool MayBeCanceled { get; init; }

    /// <summary>What becomes of the approval that it needs; null: it needs none.</summary>
    public ApprovalPlan? Plan { get; init; }

    /// <summary>All people that it is for: the number and, where they have one, the value for the placeholder <c>{{name}}</c>.</summary>
    public IEnumerable<(string Number, string? Name)> People =>
    [
        .. Numbers.Select(number => (number, IsPersonal ? $"number {number[^4..]}" : null)),
        .. Shared.Select(number => (number, (string?)$"second {number[^4..]}")),
    ];

    /// <summary>What they are to read.</summary>
    /// <param name="name">Their value for the placeholder.</param>
    public string TextFor(string? name) => name is null ? Message : Message.Replace("{{name}}", name, StringComparison.Ordinal);

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

/// <summary>What an approver does about a broadcast that needs an approval.</summary>
public enum ApprovalPlan
{
    Approve,
    Reject,

    /// <summary>Two approvers do one each, at once.</summary>
    Contest,

    /// <summary>Nothing: it expires.</summary>
    Leave,
}

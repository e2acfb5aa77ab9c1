using System.Collections.Concurrent;

namespace BulkSms.Common;

/// <summary>
/// What a request that changes several things has done so far. The answer tells it when storage goes away in the middle. Safe for many threads.
/// </summary>
public sealed class WorkDone
{
    private ConcurrentDictionary<string, int>? counts;
    private volatile bool hasBegun;
    private volatile string? fact;

    /// <summary>Whether a write may have been made: only before that is it true that nothing was changed.</summary>
    public bool HasBegun => hasBegun;

    /// <summary>The latest thing that is certain, as a sentence; null: nothing is.</summary>
    public string? Fact => fact;

    /// <summary>What is certainly done, by name; more may be.</summary>
    public IReadOnlyDictionary<string, int> Counts => All;

    /// <summary>Is called before the first write.</summary>
    public void Begin() => hasBegun = true;

    /// <summary>Says what is certain from now on, in place of what was said before.</summary>
    public void Say(string sentence) => fact = sentence;

    /// <summary>Counts what is certainly done.</summary>
    /// <param name="what">A name in the answer, in camel case.</param>
    /// <param name="number">How many more.</param>
    public void Count(string what, int number) => All.AddOrUpdate(what, number, (_, before) => before + number);

    // Most requests count nothing.
    private ConcurrentDictionary<string, int> All => LazyInitializer.EnsureInitialized(ref counts, () => new(StringComparer.Ordinal));
}

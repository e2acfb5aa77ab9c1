namespace BulkSms.OptOuts;

/// <summary>Everybody who has opted out, as of one reading. It does not change; phones are kept as integers, some 50 bytes each.</summary>
public sealed class OptOutSet
{
    private readonly HashSet<long> loaded;
    private readonly Dictionary<long, OptOutChange> changed;

    /// <param name="numbers">All.</param>
    /// <param name="asOf">See <see cref="AsOf"/>.</param>
    public OptOutSet(IEnumerable<string> numbers, DateTimeOffset asOf)
        : this([.. numbers.Select(OptOutKey.Short)], [], asOf)
    {
    }

    private OptOutSet(HashSet<long> loaded, Dictionary<long, OptOutChange> changed, DateTimeOffset asOf) =>
        (this.loaded, this.changed, AsOf) = (loaded, changed, asOf);

    /// <summary>When it was read, by storage's clock: what was written before is in it.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>Whether a number (E.164) has opted out, by whichever variant.</summary>
    public bool Contains(string number)
    {
        var key = OptOutKey.Short(number);
        return changed.TryGetValue(key, out var change) ? change.OptedOut : loaded.Contains(key);
    }

    /// <summary>With changes read later, which may overlap those that are known: the last about a number counts.</summary>
    public OptOutSet With(IReadOnlyCollection<OptOutChange> changes, DateTimeOffset asOf)
    {
        var news = changes.Where(change => !changed.TryGetValue(OptOutKey.Short(change.Phone), out var known) || IsLater(change, known)).ToArray();
        if (news.Length == 0)
        {
            return new(loaded, changed, asOf);
        }

        var all = new Dictionary<long, OptOutChange>(changed);
        foreach (var change in news.OrderBy(change => change.At).ThenBy(change => change.OptedOut))
        {
            all[OptOutKey.Short(change.Phone)] = change;
        }

        return new(loaded, all, asOf);
    }

    /// <summary>The same on a newer list, with only the changes written since a time: what is older is in the list.</summary>
    public OptOutSet On(OptOutSet list, DateTimeOffset since) =>
        new(list.loaded, changed.Where(each => each.Value.At >= since).ToDictionary(), AsOf);

    // Two changes within one tick: not texting is the safe side.
    private static bool IsLater(OptOutChange change, OptOutChange known) => change.At > known.At || (change.At == known.At && change.OptedOut);
}

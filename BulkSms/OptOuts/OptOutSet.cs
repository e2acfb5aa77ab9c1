namespace BulkSms.OptOuts;

/// <summary>All phones that have opted out, as of one reading. It does not change; phones are kept as integers, some 50 bytes each.</summary>
public sealed class OptOutSet
{
    private readonly Dictionary<long, uint> loaded; // since when, in seconds
    private readonly Dictionary<long, OptOutChange> changed;
    private readonly OptOutSet? review;
    private readonly KeptNumbers kept = KeptNumbers.None;

    /// <param name="numbers">All.</param>
    /// <param name="asOf">See <see cref="AsOf"/>.</param>
    public OptOutSet(IEnumerable<string> numbers, DateTimeOffset asOf)
        : this(Loaded(numbers.Select(number => (number, asOf))), [], asOf)
    {
    }

    /// <param name="numbers">All who have opted out, and since when.</param>
    /// <param name="inReview">All who are on the review list.</param>
    /// <param name="asOf">See <see cref="AsOf"/>.</param>
    public OptOutSet(IEnumerable<(string Number, DateTimeOffset Since)> numbers, IEnumerable<string> inReview, DateTimeOffset asOf)
        : this(Loaded(numbers), [], asOf, new(inReview, asOf))
    {
    }

    private OptOutSet(Dictionary<long, uint> loaded, Dictionary<long, OptOutChange> changed, DateTimeOffset asOf, OptOutSet? review = null, KeptNumbers? kept = null) =>
        (this.loaded, this.changed, AsOf, this.review, this.kept) = (loaded, changed, asOf, review, kept ?? KeptNumbers.None);

    /// <summary>When it was read, by storage's clock: what was written before is in it.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>Whether a number (E.164) has opted out, by whichever variant.</summary>
    public bool Contains(string number)
    {
        var key = OptOutKey.Short(number);
        return (changed.TryGetValue(key, out var change) ? change.OptedOut : loaded.ContainsKey(key)) || kept.Since(number) is not null;
    }

    /// <summary>Since when a number (E.164) has opted out, by whichever variant; null: it has not.</summary>
    public DateTimeOffset? Since(string number)
    {
        var key = OptOutKey.Short(number);
        DateTimeOffset? plain = changed.TryGetValue(key, out var change) ? change.OptedOut ? change.At : null
            : loaded.TryGetValue(key, out var since) ? DateTimeOffset.FromUnixTimeSeconds(since)
            : null;
        return plain ?? kept.Since(number);
    }

    /// <summary>Whether a number waits for a person's decision on what it has texted: nothing is sent to it meanwhile.</summary>
    public bool IsInReview(string number) => review?.Contains(number) ?? false;

    /// <summary>With the hashes of erased persons' numbers as they are now.</summary>
    public OptOutSet WithKept(KeptNumbers numbers) => new(loaded, changed, AsOf, review, numbers);

    /// <summary>With changes read later, which may overlap those that are known: the last about a number counts.</summary>
    public OptOutSet With(IReadOnlyCollection<OptOutChange> changes, DateTimeOffset asOf)
    {
        var reviews = changes.Where(change => change.IsReview).Select(change => change with { IsReview = false }).ToArray();
        var next = reviews.Length == 0 ? review : (review ?? new([], asOf)).With(reviews, asOf);
        var news = changes.Where(change => change is { IsReview: false, IsKept: false }).Where(change => !changed.TryGetValue(OptOutKey.Short(change.Phone), out var known) || IsLater(change, known)).ToArray();
        if (news.Length == 0)
        {
            return new(loaded, changed, asOf, next, kept);
        }

        var all = new Dictionary<long, OptOutChange>(changed);
        foreach (var change in news.OrderBy(change => change.At).ThenBy(change => change.OptedOut))
        {
            all[OptOutKey.Short(change.Phone)] = change;
        }

        return new(loaded, all, asOf, next, kept);
    }

    /// <summary>The same on a newer list, with only the changes written since a time: what is older is in the list.</summary>
    public OptOutSet On(OptOutSet list, DateTimeOffset since) =>
        new(list.loaded, changed.Where(each => each.Value.At >= since).ToDictionary(), AsOf, review is null ? list.review : review.On(list.review ?? new([], AsOf), since), list.kept);

    // Two changes within one tick: not texting is the safe side.
    private static bool IsLater(OptOutChange change, OptOutChange known) => change.At > known.At || (change.At == known.At && change.OptedOut);

    private static Dictionary<long, uint> Loaded(IEnumerable<(string Number, DateTimeOffset Since)> numbers)
    {
        var loaded = new Dictionary<long, uint>();
        foreach (var (number, since) in numbers)
        {
            loaded[OptOutKey.Short(number)] = (uint)Math.Clamp(since.ToUnixTimeSeconds(), 0, uint.MaxValue);
        }

        return loaded;
    }
}

using System.Collections;
using BulkSms.Messages;

namespace BulkSms.Recipients;

/// <summary>One recipient of a broadcast.</summary>
/// <param name="To">E.164.</param>
/// <param name="Text">The text for this recipient; null: the broadcast's.</param>
/// <param name="Segments">Billed parts of <paramref name="Text"/>; 0 without.</param>
public readonly record struct Addressee(string To, string? Text = null, int Segments = 0);

/// <summary>Recipients in order; each one's own text, if they have one, is made when it is asked for.</summary>
/// <param name="numbers">E.164.</param>
/// <param name="texts">A text for each number; null: they have none.</param>
/// <param name="kept">Indexes of those that count; null: all do.</param>
public sealed class Addressees(IReadOnlyList<string> numbers, PersonalTexts? texts, IReadOnlyList<int>? kept) : IReadOnlyList<Addressee>
{
    public int Count => kept?.Count ?? numbers.Count;

    /// <summary>Segments of all texts; null when they have none of their own.</summary>
    public long? TotalSegments => texts is null ? null : Enumerable.Range(0, Count).Sum(index => (long)texts.SegmentsAt(Source(index)));

    /// <summary>What each is billed, without making the texts.</summary>
    /// <param name="segments">Segments of the text that all get who have none of their own.</param>
    public IEnumerable<(string To, int Segments)> Weights(int segments) =>
        Enumerable.Range(0, Count).Select(index => (numbers[Source(index)], texts?.SegmentsAt(Source(index)) ?? segments));

    /// <summary>Each one's own text without smart encoding; only where they have texts of their own.</summary>
    public IEnumerable<(string To, string Text)> PlainTexts() => Enumerable.Range(0, Count).Select(index => (numbers[Source(index)], texts!.PlainAt(Source(index))));

    public Addressee this[int index]
    {
        get
        {
            var source = Source(index);
            return texts is null ? new(numbers[source]) : new(numbers[source], texts.At(source), texts.SegmentsAt(source));
        }
    }

    public IEnumerator<Addressee> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Source(int index) => kept is null ? index : kept[index];
}

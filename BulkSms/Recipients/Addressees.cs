using System.Collections;

namespace BulkSms.Recipients;

/// <summary>One recipient of a broadcast.</summary>
/// <param name="To">E.164.</param>
/// <param name="Text">The text for this recipient; null: the broadcast's.</param>
/// <param name="Segments">Billed parts of <paramref name="Text"/>; 0 without.</param>
public readonly record struct Addressee(string To, string? Text = null, int Segments = 0)
{
    /// <summary>Where the request named it: its index in JSON, its line in a file.</summary>
    public int Place { get; init; }

    /// <summary>The number as it was written; null: as in <see cref="To"/>.</summary>
    public string? Written { get; init; }

    /// <summary>The caller's own name for it; null: none.</summary>
    public string? Reference { get; init; }

    /// <summary>What else the caller gave, as a JSON object of texts; null: nothing.</summary>
    public string? Data { get; init; }

    /// <summary>Which text of its phone this is, from 0: a phone may get several.</summary>
    public int Copy { get; init; }

    /// <summary>What stands in the place of a person who is erased, so that the list keeps its length: where the row is that is left of them. Null: they are not.</summary>
    public ErasedPlace? Erased { get; init; }

    /// <summary>Whether there is nothing to say but the number and its place.</summary>
    public bool IsBare => Text is null && Written is null && Reference is null && Data is null && Copy == 0 && Erased is null;
}

/// <summary>Recipients in order; each one's own text, if they have one, is made when it is asked for.</summary>
/// <param name="list">All.</param>
/// <param name="kept">Indexes of those that count; null: all do.</param>
public sealed class Addressees(RecipientList list, IReadOnlyList<int>? kept) : IReadOnlyList<Addressee>
{
    public int Count => kept?.Count ?? list.Unique.Count;

    /// <summary>Whether they are numbers and nothing else.</summary>
    public bool AreBare => list.Texts is null && !list.Details.Any;

    /// <summary>The most texts that one phone gets.</summary>
    public int MostCopies => list.MostCopies;

    /// <summary>The names of their data, in the order of their first use.</summary>
    public IReadOnlyList<string> Columns => list.Details.Columns;

    /// <summary>Segments of all texts; null when they have none of their own.</summary>
    public long? TotalSegments => list.Texts is null ? null : Enumerable.Range(0, Count).Sum(index => (long)list.Texts.SegmentsAt(Source(index)));

    /// <summary>What each is billed, without making the texts.</summary>
    /// <param name="segments">Segments of the text that all get who have none of their own.</param>
    public IEnumerable<(string To, int Segments)> Weights(int segments) =>
        Enumerable.Range(0, Count).Select(index => (list.Unique[Source(index)], list.Texts?.SegmentsAt(Source(index)) ?? segments));

    /// <summary>Each one's own text without smart encoding; only where they have texts of their own.</summary>
    public IEnumerable<(string To, string Text)> PlainTexts() =>
        Enumerable.Range(0, Count).Select(index => (list.Unique[Source(index)], list.Texts!.PlainAt(Source(index))));

    /// <summary>The recipient that a place of the request names; null: there is none.</summary>
    /// <param name="place">Its index in JSON, its line in a file.</param>
    public int? IndexOfPlace(int place)
    {
        for (var index = 0; index < Count; index++)
        {
            if (list.Places[Source(index)] == place)
            {
                return index;
            }
        }

        return null;
    }

    public Addressee this[int index] => list.At(Source(index));

    public IEnumerator<Addressee> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Source(int index) => kept is null ? index : kept[index];
}

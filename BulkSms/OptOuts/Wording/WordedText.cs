namespace BulkSms.OptOuts.Wording;

/// <summary>A text as its words in capitals, in which phrases are looked for. Of a very long one the beginning.</summary>
internal sealed class WordedText
{
    private readonly string[] words;
    private readonly Dictionary<string, Positions> places = new(StringComparer.Ordinal);

    public WordedText(IEnumerable<string> words)
    {
        this.words = [.. words.Take(Positions.MaxWords - 1)];
        for (var i = 0; i < this.words.Length; i++)
        {
            var word = this.words[i];
            places[word] = places.GetValueOrDefault(word) | Positions.At(i);
            Words |= IsParting(word) ? default : Positions.At(i);
            All |= Positions.At(i);
        }
    }

    public int Length => words.Length;

    /// <summary>Before each word, boundaries apart.</summary>
    public Positions Words { get; }

    /// <summary>Before each word and each boundary.</summary>
    public Positions All { get; }

    /// <summary>What <see cref="Phrase.Shared"/> has found.</summary>
    public Dictionary<(Phrase Phrase, Positions From), Positions> Kept { get; } = [];

    /// <summary>Before each occurrence of a word.</summary>
    public Positions Of(string word) => places.GetValueOrDefault(word);

    /// <summary>Whether a phrase is all of the text.</summary>
    public bool Is(Phrase phrase) => IsBetween(0, Length, phrase);

    /// <summary>Whether a phrase begins here and ends there.</summary>
    public bool IsBetween(int from, int to, Phrase phrase) => phrase.After(Positions.At(from), this).Has(to);

    /// <summary>Where each sentence begins and ends, with its boundary.</summary>
    public IEnumerable<(int From, int To)> Sentences()
    {
        var from = 0;
        for (var i = 0; i < Length; i++)
        {
            if (IsParting(words[i]))
            {
                yield return (from, i + 1);
                from = i + 1;
            }
        }

        if (from < Length)
        {
            yield return (from, Length);
        }
    }

    private static bool IsParting(string word) => word is WordReader.Boundary or WordReader.Question;
}

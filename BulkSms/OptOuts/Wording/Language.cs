namespace BulkSms.OptOuts.Wording;

/// <summary>
/// How people of one language ask for no more texts, as lists in <see cref="Notation"/>. A text counts when all of it is listed: a request, and around it nothing but
/// what is said along with one. What is not listed may mean anything.
/// </summary>
internal sealed class Language
{
    /// <summary>Words of the longest text that is a request: what is longer is a letter.</summary>
    private const int MaxWords = 60;

    private readonly Lazy<Phrases> phrases;

    public Language() => phrases = new(ReadLists);

    /// <summary>ISO 639.</summary>
    public required string Code { get; init; }

    /// <summary>Classes of phrases that the lists refer to; one may refer to those before it.</summary>
    public (string Name, string Notation)[] Classes { get; init; } = [];

    /// <summary>Words that ask for it alone, repeated, or with courtesy.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>Phrases that ask for it, alone or with courtesy.</summary>
    public string[] Requests { get; init; } = [];

    /// <summary>What is said along with a request: courtesy, hurry, reasons.</summary>
    public string[] Courtesy { get; init; } = [];

    /// <summary>Phrases addressed to us that may mean it, wherever they stand in a text.</summary>
    public string[] Unclear { get; init; } = [];

    /// <summary>Whole texts, with or without courtesy, that may mean it.</summary>
    public string[] UnclearAlone { get; init; } = [];

    /// <summary>Words that turn an unclear phrase into its contrary, right before it or with one word between.</summary>
    public string[] Negations { get; init; } = [];

    /// <summary>Whether marks tell words apart here.</summary>
    public bool KeepsMarks { get; init; }

    /// <summary>Whether it is written without blanks, or now with and now without: then it is read letter by letter.</summary>
    public bool IsUnspaced { get; init; }

    /// <summary>The words of a clean text as this language has them, with a boundary at the end.</summary>
    public WordedText Read(string clean) => new([.. WordsOf(clean), WordReader.Boundary]);

    /// <summary>Whether all of a text asks for no more texts.</summary>
    public bool IsOptOut(WordedText text) => text.Length <= MaxWords && (text.Is(phrases.Value.Keywords) || text.Is(phrases.Value.OptOut));

    /// <summary>Whether it may ask for it: a whole sentence does, among others that are not listed; or a phrase that is listed as unclear.</summary>
    public bool IsUnclear(WordedText text) =>
        text.Is(phrases.Value.Alone) || HasUnclearPhrase(text) || text.Sentences().Any(sentence => text.IsBetween(sentence.From, sentence.To, phrases.Value.Sentence));

    private bool HasUnclearPhrase(WordedText text)
    {
        var negated = phrases.Value.Negations.After(text.Words, text);
        var contrary = negated | (negated & text.Words).Next();
        return !phrases.Value.Unclear.After(text.Words.Without(contrary), text).IsEmpty;
    }

    private IEnumerable<string> WordsOf(string text)
    {
        var words = WordReader.Read(text, KeepsMarks);
        return IsUnspaced ? words.SelectMany(word => word.EnumerateRunes().Select(rune => rune.ToString())) : words;
    }

    private Phrases ReadLists()
    {
        var notation = new Notation(word => WordsOf(CleanText.Of(word)));
        foreach (var (name, notated) in Classes)
        {
            notation.Define(name, notated);
        }

        var courtesy = notation.AnyOf([.. Universal.Courtesy, .. Courtesy]);
        var requests = notation.AnyOf([.. Universal.Words, .. Requests]);
        var words = notation.AnyOf([.. Universal.Words, .. Words]);
        var keywords = notation.AnyOf([.. Universal.Words, .. Words, .. OptOutWords.Stop.GetValueOrDefault(Code, [])]);
        return new(
            Keywords: Around(keywords, notation.AnyOf([WordReader.Boundary])),
            OptOut: Around(Phrase.AnyOf([words, requests]), courtesy),
            Sentence: Around(requests, Phrase.AnyOf([courtesy, notation.AnyOf([WordReader.Question])])),
            Alone: Around(notation.AnyOf(UnclearAlone), Phrase.AnyOf([courtesy, notation.AnyOf([WordReader.Question])])),
            Unclear: notation.AnyOf(Unclear),
            Negations: notation.AnyOf(Negations));
    }

    // One and more of them, with anything of the other kind before, between and after.
    private static Phrase Around(Phrase phrase, Phrase other) => Phrase.InTurn([Phrase.Repeated(other), phrase, Phrase.Repeated(Phrase.AnyOf([other, phrase]))]);

    private sealed record Phrases(Phrase Keywords, Phrase OptOut, Phrase Sentence, Phrase Alone, Phrase Unclear, Phrase Negations);
}

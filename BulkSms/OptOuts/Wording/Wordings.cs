using BulkSms.OptOuts.Wording.Languages;

namespace BulkSms.OptOuts.Wording;

/// <summary>All languages together. Which one a text is in is not asked: it counts when it is complete in any of them.</summary>
internal static class Wordings
{
    /// <summary>The languages in which it is looked for.</summary>
    public static readonly IReadOnlyList<Language> All = [English.Value, German.Value, Spanish.Value, French.Value, Portuguese.Value, Italian.Value, Dutch.Value, .. Others.All];

    private static readonly Notation Plain = new(word => WordReader.Read(CleanText.Of(word)));
    private static readonly Phrase Start = Phrase.Repeated(Plain.AnyOf([.. OptOutWords.Start, WordReader.Boundary]));
    private static readonly Phrase Before = Phrase.Repeated(Plain.AnyOf(Universal.BeforeBeginnings));
    private static readonly Phrase Beginning = Phrase.InTurn([Before, Plain.AnyOf(Universal.Beginnings)]);
    private static readonly Phrase Idiom = Phrase.InTurn([Before, Plain.AnyOf(Universal.Idioms)]);

    /// <summary>START, and nothing else.</summary>
    public static bool IsOptIn(string clean) => WordReader.Read(clean) is { Count: > 0 } words && new WordedText(words).Is(Start);

    public static bool IsOptOut(string clean) => All.Any(language => language.IsOptOut(language.Read(clean)));

    /// <summary>Whether a text that is no request may be one: it begins like one, or holds what a language lists as unclear.</summary>
    public static bool IsUnclear(string clean)
    {
        var text = new WordedText(WordReader.Read(clean));
        return (Begins(text, Beginning) && !Begins(text, Idiom)) || All.Any(language => language.IsUnclear(language.Read(clean)));
    }

    private static bool Begins(WordedText text, Phrase phrase) => !phrase.After(Positions.At(0), text).IsEmpty;
}

using System.Text.RegularExpressions;

namespace BulkSms.OptOuts.Wording;

/// <summary>
/// What a text quotes is not what it says: phones tell a reaction to our message by quoting it (<c>Liked “Reply STOP to opt out”</c>), in many languages. A quotation of a
/// word or two may be how somebody writes the word; that a text is nothing but a quotation, too.
/// </summary>
internal static partial class Quotation
{
    private const int Timeout = 1000;

    /// <summary>A clean text without what it quotes; empty when it only tells a reaction.</summary>
    public static string Without(string clean)
    {
        var own = Repeated().Replace(clean, "");
        if (Reaction().IsMatch(own))
        {
            return "";
        }

        var rest = Passage().Replace(own, " ");
        return HasLetter(rest) ? rest : own;
    }

    private static bool HasLetter(string text) => text.EnumerateRunes().Any(System.Text.Rune.IsLetter);

    // As mail programs quote, line by line.
    [GeneratedRegex(@"^[ ]*>.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Repeated();

    // Marks are characters of their own by now: a verb may hold any.
    [GeneratedRegex(
        @"^\W*(?:liked|loved|disliked|laughed\s+at|emphasi[sz]ed|questioned|reacted\b.{0,30}\bto|removed\s+an?\b.{0,30}\bfrom|replied\s+to"
        + @"|gefa\p{M}*llt|liebt|mag(?:\s+nicht)?|lachte?\s+u\p{M}*ber|betonte?|hebt\s+hervor|hat\s+hervorgehoben|hinterfragte?|hat\b.{0,40}\bauf|hat\s+mit.{0,30}\s+reagiert(?:\s+auf)?|reagierte?\b.{0,30}\bauf|mochte"
        + @"|le\s+(?:gusto\p{M}*|encanto\p{M}*)|(?:le\s+)?disgusto\p{M}*|se\s+rio\p{M}*\s+de|enfatizo\p{M}*|resalto\p{M}*|cuestiono\p{M}*|reacciono\p{M}*\b.{0,30}\ba"
        + @"|a\s+(?:aime\p{M}*|adore\p{M}*|n'a\s+pas\s+aime\p{M}*|ri\s+de|souligne\p{M}*|mis\s+en\s+(?:e\p{M}*vidence|avant)|questionne\p{M}*|re\p{M}*agi\b.{0,30}\ba\p{M}*)|n'a\s+pas\s+aime\p{M}*|aime|adore"
        + @"|gostou\s+de|amou|adorou|na\p{M}*o\s+gostou\s+de|riu\s+de|enfatizou|destacou|questionou|reagiu\b.{0,30}\ba"
        + @"|(?:ha\s+messo\s+)?(?:un\s+)?['""]?mi\s+piace['""]?\s+(?:a|su)|piace|ha\s+(?:adorato|riso\s+(?:di|per)|evidenziato|enfatizzato|reagito\b.{0,30}\ba)|adora"
        + @"|vond|vindt|reageerde\b.{0,30}\bop|heeft\b.{0,30}\bgereageerd\s+op|benadrukte|lachte\s+om|gillade|a\p{M}*lskade|likte|elsket|elskede|synes\s+godt\s+om"
        + @"|[\p{So}\p{Sk}\p{Cs}\uFE0F\s]+(?:to|a|an|auf|su|op|zu))\W{0,6}[""\u201C\u201D\u201E\u00AB\u2039\u300C]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline,
        Timeout)]
    private static partial Regex Reaction();

    // Three words and more, between marks that belong together.
    [GeneratedRegex(
        "\"(?:[^\"\\s]+\\s+){2,}[^\"]*\"|[\u201C\u201D\u201E](?:[^\u201C\u201D\u201E\"\\s]+\\s+){2,}[^\u201C\u201D\"]*[\u201C\u201D\"]|\u00AB\\s*(?:[^\u00BB\\s]+\\s+){2,}[^\u00BB]*\u00BB|\u300C[^\u300D]{4,}\u300D",
        RegexOptions.CultureInvariant,
        Timeout)]
    private static partial Regex Passage();
}

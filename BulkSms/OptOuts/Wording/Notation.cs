using System.Buffers;

namespace BulkSms.OptOuts.Wording;

/// <summary>
/// Reads phrases as a list of wordings notes them. <c>stop (texting|calling) [me]</c>: words, a choice, what may be left out; <c>&lt;name&gt;</c>: a class of phrases;
/// <c>_</c>: any one word; <c>,</c> and <c>?</c>: a boundary and a question mark. Words are written as people write them.
/// </summary>
internal sealed class Notation(Func<string, IEnumerable<string>> wordsOf)
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(" ()[]|_,?<");
    private readonly Dictionary<string, Phrase> classes = new(StringComparer.Ordinal);

    /// <summary>Names a class for what is noted afterwards.</summary>
    public void Define(string name, string notation) => classes.Add(name, Phrase.Shared(Read(notation)));

    /// <summary>One of several phrases.</summary>
    public Phrase AnyOf(IEnumerable<string> notations) => Phrase.AnyOf([.. notations.Select(Read)]);

    private Phrase Read(string notation)
    {
        var at = 0;
        var phrase = ReadChoice(notation, ref at);
        return at == notation.Length ? phrase : throw new FormatException($"Nothing is open at {at}: {notation}");
    }

    private Phrase ReadChoice(string notation, ref int at)
    {
        var choices = new List<Phrase>();
        var parts = new List<Phrase>();
        for (; at < notation.Length && notation[at] is not (')' or ']');)
        {
            if (notation[at] == '|')
            {
                choices.Add(Phrase.InTurn(parts));
                parts.Clear();
                at++;
            }
            else if (notation[at] == ' ')
            {
                at++;
            }
            else
            {
                parts.Add(ReadPart(notation, ref at));
            }
        }

        choices.Add(Phrase.InTurn(parts));
        return Phrase.AnyOf(choices);
    }

    private Phrase ReadPart(string notation, ref int at)
    {
        var mark = notation[at];
        switch (mark)
        {
            case '(' or '[':
                at++;
                var inner = ReadChoice(notation, ref at);
                return at < notation.Length && notation[at++] == (mark == '(' ? ')' : ']')
                    ? mark == '(' ? inner : Phrase.Optional(inner)
                    : throw new FormatException($"A bracket is left open: {notation}");
            case '_':
                at++;
                return Phrase.AnyWord;
            case ',' or '?':
                at++;
                return Phrase.Word(mark.ToString());
            case '<':
                var end = notation.IndexOf('>', at);
                var name = notation[(at + 1)..end];
                at = end + 1;
                return classes[name];
            default:
                var length = notation.AsSpan(at).IndexOfAny(Marks);
                var word = length < 0 ? notation[at..] : notation.Substring(at, length);
                at += word.Length;
                return Phrase.InTurn([.. wordsOf(word).Select(Phrase.Word)]);
        }
    }
}

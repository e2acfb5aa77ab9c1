namespace BulkSms.OptOuts.Wording;

/// <summary>
/// A pattern of words. It says where it can end in a text, for all places together where it may begin: so a text is read in time that grows with its length,
/// whatever it says and however many phrases there are.
/// </summary>
internal abstract class Phrase
{
    /// <summary>Where it ends.</summary>
    /// <param name="from">Where it may begin.</param>
    /// <param name="text">In which text.</param>
    public Positions After(Positions from, WordedText text) => from.IsEmpty ? default : Advance(from, text);

    protected abstract Positions Advance(Positions from, WordedText text);

    public static Phrase Word(string word) => new OneWord(word);

    public static Phrase AnyWord { get; } = new OneOfAll();

    public static Phrase InTurn(IReadOnlyList<Phrase> parts) => parts is [var only] ? only : new Sequence([.. parts]);

    public static Phrase AnyOf(IReadOnlyList<Phrase> choices) => choices is [var only] ? only : new Choice([.. choices]);

    public static Phrase Optional(Phrase phrase) => new Choice([Nothing, phrase]);

    public static Phrase Repeated(Phrase phrase) => new Repetition(phrase);

    /// <summary>The same, but what it gives is kept for the text: for what many phrases share.</summary>
    public static Phrase Shared(Phrase phrase) => new Kept(phrase);

    public static Phrase Nothing { get; } = new Sequence([]);

    private sealed class OneWord(string word) : Phrase
    {
        protected override Positions Advance(Positions from, WordedText text) => (from & text.Of(word)).Next();
    }

    private sealed class OneOfAll : Phrase
    {
        protected override Positions Advance(Positions from, WordedText text) => (from & text.Words).Next();
    }

    private sealed class Sequence(Phrase[] parts) : Phrase
    {
        protected override Positions Advance(Positions from, WordedText text)
        {
            var at = from;
            for (var i = 0; i < parts.Length && !at.IsEmpty; i++)
            {
                at = parts[i].Advance(at, text);
            }

            return at;
        }
    }

    private sealed class Choice(Phrase[] choices) : Phrase
    {
        protected override Positions Advance(Positions from, WordedText text)
        {
            Positions ends = default;
            foreach (var choice in choices)
            {
                ends |= choice.Advance(from, text);
            }

            return ends;
        }
    }

    private sealed class Repetition(Phrase phrase) : Phrase
    {
        protected override Positions Advance(Positions from, WordedText text)
        {
            var (reached, latest) = (from, from);
            while (!latest.IsEmpty)
            {
                latest = phrase.Advance(latest, text).Without(reached);
                reached |= latest;
            }

            return reached;
        }
    }

    private sealed class Kept(Phrase phrase) : Phrase
    {
        protected override Positions Advance(Positions from, WordedText text)
        {
            if (!text.Kept.TryGetValue((this, from), out var ends))
            {
                ends = phrase.Advance(from, text);
                text.Kept.Add((this, from), ends);
            }

            return ends;
        }
    }
}

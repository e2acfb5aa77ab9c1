using System.Buffers;
using System.Text;
using BulkSms.OptOuts;
using BulkSms.OptOuts.Wording;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.OptOuts;

/// <summary>Which texts are an opt-out. Missing one texts somebody who asked for it to stop; taking an ordinary text for one costs somebody a message that they wait for.</summary>
public sealed class InboundTextTests
{
    private static readonly string[] Invisible = ["\u200B", "\u200C", "\u200D", "\u2060", "\u00AD", "\uFEFF", "\u200E", "\u202A", "\u2069", "\uFE0F", "\u034F", "\u3164", "\uFFA0"];

    /// <summary>What these ask for with another word is anything.</summary>
    private static readonly string[] CommonWords = ["end", "quit", "cancel", "alto", "sair"];

    private static readonly SearchValues<char> QuotesAndLines = SearchValues.Create("\"“”„«»\n\r");

    public static TheoryData<string, string> Keywords
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (language, words) in OptOutWords.Stop)
            {
                foreach (var word in words)
                {
                    all.Add(language, word);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Keywords))]
    public void Read_Keyword_IsOptOutHoweverItIsWritten(string language, string keyword)
    {
        Assert.Equal(2, language.Length);
        Assert.All(
            [keyword, keyword.ToLowerInvariant(), $"  {keyword}.\n", $"¡{keyword}!!", $"{keyword} \U0001F64F\uFE0F", $"\"{keyword}\"", $"{keyword} {keyword}, {keyword}", $"{keyword}\n\nSent from my iPhone"],
            text => Assert.Equal(InboundVerdict.OptOut, InboundText.Read(null, text)));
    }

    [Fact]
    public void Read_EveryListedWording_IsWhatTheTableSays()
    {
        var differing = WordingTable.All.Select(each => (each.Line, each.Text, each.Verdict, Read: InboundText.Read(null, each.Text))).Where(each => each.Read != each.Verdict).ToArray();

        Assert.Empty(differing);
    }

    [Theory]
    [InlineData("STOP", "anything, in any language", InboundVerdict.OptOut)]
    [InlineData("stop", null, InboundVerdict.OptOut)]
    [InlineData(" Stop ", "", InboundVerdict.OptOut)]
    [InlineData("START", "STOP", InboundVerdict.OptIn)]
    [InlineData("HELP", "STOP", InboundVerdict.None)]
    [InlineData("SOMETHING_NEW", "STOP", InboundVerdict.OptOut)]
    [InlineData("SOMETHING_NEW", "hello", InboundVerdict.None)]
    public void Read_TwiliosVerdict_DecidesWhenThereIsOne(string type, string? text, InboundVerdict verdict) => Assert.Equal(verdict, InboundText.Read(type, text));

    [Property]
    public Property Read_KeywordAmongOtherWords_IsNone()
    {
        var keywords = Gen.Elements(OptOutWords.Stop.Values.SelectMany(words => words).Where(word => word != "STOP" && !word.Contains(' ', StringComparison.Ordinal))); // a phrase of several words says more
        var others = Gen.Elements("my", "the", "appointment", "when", "don't", "bus", "tomorrow", "at", "5", "do", "they", "why", "mañana", "heute");
        var sentences = from before in others.NonEmptyListOf() from word in keywords from after in others.ListOf() select string.Join(' ', [.. before, word, .. after]);
        return Prop.ForAll(sentences.ToArbitrary(), sentence => InboundText.Read(null, sentence) == InboundVerdict.None);
    }

    [Theory]
    [InlineData("कृपया बंद करे\u2069ं")]
    [InlineData("कृपया बंद करे\u200Dं")]
    public void Read_CharacterThatNobodySeesBetweenTwoMarks_PartsNoLetter(string text) => Assert.Equal(InboundVerdict.OptOut, InboundText.Read(null, text));

    [Property(MaxTest = 300)]
    public Property Read_OptOutWithCharactersThatNobodySees_IsTheSame()
    {
        var texts = from text in Gen.Elements(WordingTable.Of(InboundVerdict.OptOut))
            from hidden in Gen.Elements(Invisible)
            from at in Gen.Choose(0, text.Length)
            where at == 0 || at == text.Length || !char.IsLowSurrogate(text[at])
            select text.Insert(at, hidden);
        return Prop.ForAll(texts.ToArbitrary(), text => InboundText.Read(null, text) == InboundVerdict.OptOut);
    }

    [Property(MaxTest = 300)]
    public Property Read_OptOutInFullWidthOrCapitals_IsTheSame()
    {
        var texts = Gen.Elements(WordingTable.Of(InboundVerdict.OptOut).Where(text => Ascii.IsValid(text) && !text.Contains('\n', StringComparison.Ordinal) && !text.Contains('-', StringComparison.Ordinal)
            && !text.Contains(',', StringComparison.Ordinal) && !text.Contains('.', StringComparison.Ordinal))); // a name is told by its capital
        return Prop.ForAll(texts.ToArbitrary(), text => InboundText.Read(null, FullWidth(text)) == InboundVerdict.OptOut && InboundText.Read(null, text.ToUpperInvariant()) == InboundVerdict.OptOut);
    }

    [Property(MaxTest = 300)]
    public Property Read_OptOutTwiceOrWithThanks_IsTheSame()
    {
        var pairs = from text in Gen.Elements(WordingTable.Of(InboundVerdict.OptOut).Where(text => !text.Contains('\n', StringComparison.Ordinal) && !text.Contains('-', StringComparison.Ordinal) && !text.AsSpan().ContainsAny(QuotesAndLines) && !CommonWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))))
            from polite in Gen.Elements("{0}. {0}", "{0}, please", "{0}. Thanks", "Hi, {0}", "{0}!!!", "{0} \U0001F64F", "  {0}  ", "{0}\n{0}")
            select string.Format(System.Globalization.CultureInfo.InvariantCulture, polite, text);
        return Prop.ForAll(pairs.ToArbitrary(), text => InboundText.Read(null, text) is InboundVerdict.OptOut or InboundVerdict.Review);
    }

    [Property(MaxTest = 300)]
    public Property Read_ReactionToAnyText_IsNone()
    {
        var texts = from quoted in Gen.Elements(WordingTable.All.Select(each => each.Text).Where(text => !text.AsSpan().ContainsAny(QuotesAndLines)))
            from reaction in Gen.Elements("Liked “{0}”", "Loved “{0}”", "Disliked “{0}”", "Laughed at “{0}”", "Emphasized “{0}”", "Questioned “{0}”", "Reacted 👍 to “{0}”", "Liked \"{0}\"", "👍 to “{0}”", "Le gustó “{0}”", "A aimé « {0} »")
            select string.Format(System.Globalization.CultureInfo.InvariantCulture, reaction, quoted);
        return Prop.ForAll(texts.ToArbitrary(), text => InboundText.Read(null, text) == InboundVerdict.None);
    }

    [Property(MaxTest = 300)]
    public Property Read_TheContraryOfAnEnglishRequest_OptsNobodyOut()
    {
        var texts = from request in Gen.Elements("stop", "stop texting me", "unsubscribe me", "remove me from your list", "opt me out", "stop sending me messages", "take me off your list")
            from not in Gen.Elements("don't {0}", "please don't {0}", "do not {0}", "never {0}", "why did you {0}?", "I didn't ask you to {0}", "I never asked you to {0}", "nobody asked you to {0}")
            select string.Format(System.Globalization.CultureInfo.InvariantCulture, not, request);
        return Prop.ForAll(texts.ToArbitrary(), text => InboundText.Read(null, text) == InboundVerdict.None);
    }

    [Fact]
    public void Read_NothingButCourtesy_OptsNobodyOutInAnyLanguage() => Assert.All(
        ["", " ", ",", ".", "!", "please", "thanks", "bitte", "danke", "por favor", "gracias", "svp", "merci", "obrigado", "grazie", "aub", "bedankt", "proszę", "tack", "tak", "kiitos", "пожалуйста", "谢谢", "감사합니다", "please, thanks", "hi", "ok", "now", "wow\n\n\n", "\u200B"],
        text => Assert.Equal(InboundVerdict.None, InboundText.Read(null, text)));

    [Property]
    public bool Read_AnyText_NeverFails(string? text) => Enum.IsDefined(InboundText.Read(null, text));

    [Property]
    public bool Read_AnyCharacters_NeverFails(char[] text) => Enum.IsDefined(InboundText.Read(null, new string(text)));

    [Theory]
    [InlineData("stop ")]
    [InlineData("please ")]
    [InlineData("\"a b c ")]
    [InlineData("“a “b ")]
    [InlineData("S.")]
    [InlineData("\n- ")]
    [InlineData("e\u0302\u0301\u0302")]
    [InlineData("Thanks, A")]
    [InlineData("(((")]
    public void Read_TextOfAnyLength_EndsSoon(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 20_000));

        Assert.True(Enum.IsDefined(InboundText.Read(null, text))); // each pattern has a time-out: one that ran away would throw
    }

    private static string FullWidth(string text) => string.Concat(text.Select(each => each is > ' ' and <= '~' ? (char)(each + 0xFEE0) : each));
}

using BulkSms.OptOuts;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.OptOuts;

/// <summary>Which texts are an opt-out. Missing one costs a second STOP; taking an ordinary text for one costs somebody a message that they wait for.</summary>
public sealed class InboundTextTests
{
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
    public void Read_Keyword_IsStopHoweverItIsWritten(string language, string keyword)
    {
        Assert.Equal(2, language.Length);
        Assert.All(
            [keyword, keyword.ToLowerInvariant(), $"  {keyword}.\n", $"¡{keyword}!!", $"{keyword} \U0001F64F\uFE0F", $"\"{keyword}\""],
            text => Assert.Equal(Wish.Stop, InboundText.Read(null, text)));
    }

    [Theory]
    [InlineData("opt out")]
    [InlineData("Opt-out")]
    [InlineData("Stop texting me")]
    [InlineData("Please stop texting me!!!")]
    [InlineData("PLEASE STOP")]
    [InlineData("stop please, thanks")]
    [InlineData("Stop. Now.")]
    [InlineData("stop texting me anymore")]
    [InlineData("Hi, please remove me from your list. Thank you")]
    [InlineData("take me off this list now")]
    [InlineData("unsubscribe me pls")]
    [InlineData("don't text me")]
    [InlineData("Don’t text me again")]
    [InlineData("do not contact me ever again")]
    [InlineData("I want to opt out")]
    [InlineData("No more texts please")]
    [InlineData("Stop sending me messages")]
    public void Read_FreeWording_IsStop(string text) => Assert.Equal(Wish.Stop, InboundText.Read(null, text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("🙏")]
    [InlineData("yes")]
    [InlineData("ok thanks")]
    [InlineData("please")]
    [InlineData("don't stop")]
    [InlineData("Don't stop texting me")]
    [InlineData("please don't unsubscribe me")]
    [InlineData("never stop texting me")]
    [InlineData("stop by at 5?")]
    [InlineData("I'll stop by the clinic")]
    [InlineData("The bus stop is closed")]
    [InlineData("Does the 14 stop here")]
    [InlineData("when does it end")]
    [InlineData("The weekend")]
    [InlineData("How do I cancel my appointment?")]
    [InlineData("please cancel")]
    [InlineData("cancel Tuesday, keep Friday")]
    [InlineData("I quit smoking")]
    [InlineData("can I opt out of the dinner but come to the talk?")]
    [InlineData("remove the second item")]
    [InlineData("take me off the waiting list and book me in")]
    [InlineData("end of story")]
    [InlineData("start or stop?")]
    [InlineData("unstoppable")]
    [InlineData("Para mí dos, por favor")]
    [InlineData("seis")]
    [InlineData("c'est arrêté depuis hier")]
    [InlineData("Ich melde mich ab Montag wieder")]
    [InlineData("das Alter")]
    [InlineData("停止吗?我不明白")]
    public void Read_OrdinaryText_IsNoWish(string text) => Assert.Equal(Wish.None, InboundText.Read(null, text));

    [Theory]
    [InlineData("START", Wish.Start)]
    [InlineData("unstop!", Wish.Start)]
    [InlineData("start again", Wish.None)]
    [InlineData("YES", Wish.None)]
    [InlineData("HELP", Wish.None)]
    public void Read_Start_IsTakenWordForWord(string text, Wish wish) => Assert.Equal(wish, InboundText.Read("", text));

    [Theory]
    [InlineData("STOP", "anything, in any language", Wish.Stop)]
    [InlineData("stop", null, Wish.Stop)]
    [InlineData("START", "STOP", Wish.Start)]
    [InlineData("HELP", "STOP", Wish.None)]
    [InlineData("SOMETHING_NEW", "STOP", Wish.Stop)]
    [InlineData("SOMETHING_NEW", "hello", Wish.None)]
    public void Read_TwiliosVerdict_DecidesWhenThereIsOne(string type, string? text, Wish wish) => Assert.Equal(wish, InboundText.Read(type, text));

    [Property]
    public Property Read_KeywordAmongOtherWords_IsNoWish()
    {
        var keywords = Gen.Elements(OptOutWords.Stop.Values.SelectMany(words => words).Where(word => word != "STOP"));
        var others = Gen.Elements("my", "the", "appointment", "when", "don't", "bus", "tomorrow", "at", "5", "do", "they", "why", "mañana", "heute");
        var sentences = from before in others.NonEmptyListOf() from word in keywords from after in others.ListOf() select string.Join(' ', [.. before, word, .. after]);
        return Prop.ForAll(sentences.ToArbitrary(), sentence => InboundText.Read(null, sentence) == Wish.None);
    }

    [Property]
    public bool Read_AnyText_NeverFails(string? text) => Enum.IsDefined(InboundText.Read(null, text));
}

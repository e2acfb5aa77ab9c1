using System.Globalization;
using System.Text;
using BulkSms.Common;
using BulkSms.Messages;
using BulkSms.Segments;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Messages;

public sealed class SmartEncodingTests
{
    private static readonly string[] Bits =
    [
        .. SmartEncoding.Replacements.Keys.Select(character => character.ToString()), "a", "e", "é", "\u0301", "\u0338", "\u0302", "<", "=", "1", " ", "😀", "Ж", "€", "\n", "Ａ", "\u0958",
    ];

    /// <summary>Texts as word processors write them, with what keeps some of them UCS-2, around the borders between segments.</summary>
    private static Arbitrary<string> Texts => Gen.Choose(0, 180)
        .SelectMany(length => Gen.Elements(Bits).ListOf(length)).Select(bits => string.Concat(bits)).ToArbitrary();

    [Theory]
    [InlineData("It’s “closed” – see you…", "It's \"closed\" - see you...")]
    [InlineData("10\u00A0000\u202F€ — «so»", "10 000 € - \"so\"")]
    [InlineData("• one\u2028• two\u200B\uFEFF", "- one - two")]
    [InlineData("‹a› ‗ ‼ ´`", "<a> _ !! ''")]
    [InlineData("a\tb", "a b")]
    [InlineData("½ cup, 1½ cups, １½", "1/2 cup, 1 1/2 cups, 1 1/2")]
    [InlineData("Grüße, João, Łódź, Ωmega, ǃ Ａᴀ x\u0302", "Grüße, João, Łódź, Ωmega, ǃ Ａᴀ x\u0302")] // letters and accents
    [InlineData("今日は Привет 😀", "今日は Привет 😀")]
    [InlineData("Plain ~ [x] {y} € | ^ \\", "Plain ~ [x] {y} € | ^ \\")]
    [InlineData("", "")]
    public void Of_Text_HasCharactersOfGsm7Instead(string text, string expected) => Assert.Equal(expected, SmartEncoding.Of(text));

    [Fact]
    public void Of_TextThatStaysUcs2AndWouldTakeMore_StaysAsItIs()
    {
        var (fits, full) = ("😀…" + new string('x', 65), "😀…" + new string('x', 67));
        var tally = new ReplacementTally();

        Assert.Equal("😀..." + new string('x', 65), SmartEncoding.Of(fits, tally)); // 70 units
        Assert.Equal(full, SmartEncoding.Of(full, tally)); // would be 72

        Assert.Equal(1, tally.Unchanged);
        Assert.Equal([('…', "...", 1L)], tally.Counts);
    }

    [Fact]
    public void Of_Tally_CountsEachReplacement()
    {
        var tally = new ReplacementTally();

        SmartEncoding.Of("“It’s”", tally);
        SmartEncoding.Of("It’s", tally);
        SmartEncoding.Of("Its", tally);

        Assert.Equal([('’', "'", 2L), ('“', "\"", 1L), ('”', "\"", 1L)], tally.Counts);
        Assert.Equal(0, tally.Unchanged);
    }

    [Fact]
    public void Table_EveryRow_TakesNoLetterNoAccentAndGivesGsm7()
    {
        foreach (var (character, becomes) in SmartEncoding.Replacements)
        {
            var category = char.GetUnicodeCategory(character);
            Assert.False(
                category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter
                    or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark,
                $"U+{(int)character:X4}");
            Assert.Equal(0, Gsm7.Septets(character)); // a text in GSM-7 is never changed
            Assert.All(becomes, each => Assert.NotEqual(0, Gsm7.Septets(each)));
        }

        Assert.Equal(SmartEncodingTable.Rows.Sum(row => row.Characters.Length), SmartEncoding.Replacements.Count); // each stands once
    }

    [Property(MaxTest = 500)]
    public Property Of_AnyText_HasNothingLeftToReplaceOrIsUnchanged() => Prop.ForAll(Texts, text =>
    {
        var (plain, tally) = (Composition.Of(text), new ReplacementTally());
        var result = SmartEncoding.Of(plain, tally);
        return tally.Unchanged == 0 ? !result.Any(SmartEncoding.Replacements.ContainsKey) : result == plain;
    });

    [Property(MaxTest = 500)]
    public Property Of_AnyText_NeverTakesMoreSegments() => Prop.ForAll(
        Texts, text => MessageSegments.Of(FinishedText.Of(text, smartEncoding: true)).Count <= MessageSegments.Of(FinishedText.Of(text, smartEncoding: false)).Count);

    [Property(MaxTest = 500)]
    public Property Of_FinishedText_StaysAsItIs() => Prop.ForAll(
        Texts, text => FinishedText.Of(text, smartEncoding: true) is var once && FinishedText.Of(once, smartEncoding: true) == once && Composition.Of(once) == once);

    [Property(MaxTest = 500)]
    public Property Of_AnyText_KeepsLettersAndAccents() => Prop.ForAll(
        Texts, text => Letters(FinishedText.Of(text, smartEncoding: true)) == Letters(FinishedText.Of(text, smartEncoding: false)));

    [Property]
    public bool Of_ArbitraryText_TakesNoMoreSegments(string text)
    {
        var plain = Composition.Of(text ?? "");
        return MessageSegments.Of(SmartEncoding.Of(plain)).Count <= MessageSegments.Of(plain).Count;
    }

    // Decomposed and sorted, for a mark may come to stand on another character.
    private static string Letters(string text) => string.Concat(Decomposition.Of(string.Concat(text.Where(each => !SmartEncoding.Replacements.ContainsKey(each))))
        .EnumerateRunes().Where(rune => Decomposition.IsMark(rune) || Rune.IsLetter(rune)).Order());
}

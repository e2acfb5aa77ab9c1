using BulkSms.Segments;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Segments;

public sealed class MessageSegmentsReferenceTests
{
    private static readonly Gen<string> Gsm = Gen.Frequency(
        (4, Gen.Elements<string>(Gsm0338.BasicCharacters)),
        (1, Gen.Elements<string>(Gsm0338.ExtensionCharacters)));

    // Lone halves of surrogate pairs too: the counter must not throw on what the validator keeps out.
    private static readonly Gen<string> Any = Gen.Frequency((9, Gsm), (3, Gen.Elements("ж", "ç", "😀", "👍", "\t", "\ud83d", "\ude00")));

    [Fact]
    public void Of_EveryCodePointAlone_AgreesWithTheTables()
    {
        var wrong = Enumerable.Range(0, 0x110000)
            .Where(point => point is < 0xD800 or > 0xDFFF)
            .Select(char.ConvertFromUtf32)
            .Where(text => MessageSegments.Of(text) != Gsm0338.Count(text));

        Assert.Empty(wrong);
    }

    [Property(MaxTest = 300)]
    public Property Of_GsmText_AgreesWithTheTables() => ForAll(Gsm, text => MessageSegments.Of(text) == Gsm0338.Count(text));

    [Property(MaxTest = 300)]
    public Property Of_MixedText_AgreesWithTheTables() => ForAll(Any, text => MessageSegments.Of(text) == Gsm0338.Count(text));

    [Property(MaxTest = 100)]
    public Property Of_LongerText_NeverHasFewerSegments() => ForAll(Any, NeverFewerWhenLonger);

    [Property(MaxTest = 100)]
    public Property Of_GsmTextThatEndsInAnotherCharacter_NeverHasFewerSegments() => ForAll(Gsm, text => NeverFewerWhenLonger(text + "ж"));

    private static bool NeverFewerWhenLonger(string text)
    {
        var counts = Enumerable.Range(0, text.Length + 1).Select(length => MessageSegments.Of(text.AsSpan(0, length)).Count).ToList();
        return counts.Zip(counts.Skip(1), (shorter, longer) => shorter <= longer).All(holds => holds);
    }

    private static Property ForAll(Gen<string> character, Func<string, bool> holds) => Prop.ForAll(
        Arb.From(Gen.Choose(0, 500).SelectMany(length => Gen.ArrayOf(character, length)).Select(string.Concat)),
        holds);
}

using BulkSms.Messages;
using BulkSms.Segments;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Messages;

public sealed class PersonalTextsTests
{
    private readonly PersonalTexts texts = new(MessageTemplate.Parse("Hi {{name}}, code {{code}}", out _)!, 40);

    [Fact]
    public void Add_Values_MakeTheTextAgain()
    {
        Assert.Null(texts.Add(["Ada", "1"]));
        Assert.Null(texts.Add([" Bob 😀\u00a0", "2"]));

        Assert.Equal(["Hi Ada, code 1", "Hi Bob 😀, code 2"], [texts.At(0), texts.At(1)]);
        Assert.Equal((1, 1), (texts.SegmentsAt(0), texts.SegmentsAt(1)));
        Assert.Equal(new MessageSegments(SmsEncoding.Ucs2, 1, 17), texts.Largest);
    }

    [Fact]
    public void Add_MissingValues_NamesThemAll()
    {
        Assert.Equal("has no value for {{name}}, {{code}}", texts.Add([null, null])?.Text);
        Assert.Equal("has no value for {{code}}", texts.Add(["Ada", null])?.Text);
    }

    [Fact]
    public void Add_TextThatCannotBeSent_IsAFault()
    {
        var blank = new PersonalTexts(MessageTemplate.Parse(" {{name}}", out _)!, 40);

        Assert.Equal("the text for this recipient must be at most 40 characters; it has 41", texts.Add([new string('a', 30), "1"])?.Text);
        Assert.Equal("has no value for {{name}}", blank.Add([" "])?.Text);
        Assert.Equal(
            "the text for this recipient must not contain control characters other than tab, line feed, form feed and carriage return", texts.Add(["A\0da", "1"])?.Text);
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("null")]
    [InlineData("#N/A")]
    [InlineData("n/a")]
    [InlineData("NA")]
    [InlineData("NaN")]
    [InlineData("undefined")]
    [InlineData("None")]
    [InlineData("#NV")]
    [InlineData("#REF!")]
    [InlineData("#DIV/0!")]
    [InlineData("#¡VALOR!")]
    [InlineData("#NOM?")]
    [InlineData("########")]
    [InlineData("\\N")]
    public void Add_WordForAMissingValue_IsAFaultUnlessLiteral(string word)
    {
        var literal = new PersonalTexts(MessageTemplate.Parse("Hi {{name|there}}", out _)!, 40, isLiteral: true);
        var other = new PersonalTexts(MessageTemplate.Parse("Hi {{name|there}}", out _)!, 40);

        var fault = other.Add([$" {word} "])!.Value;
        Assert.Null(literal.Add([word]));

        Assert.StartsWith($"has \"{word}\" for {{{{name}}}}", fault.Text, StringComparison.Ordinal);
        Assert.Equal(("name", false), (fault.Name, fault.IsMissing));
        Assert.Equal($"Hi {word}", literal.At(0));
    }

    [Theory]
    [InlineData("Nullmeyer")]
    [InlineData("Na")]
    [InlineData("#1")]
    [InlineData("Nonette")]
    [InlineData("-")]
    [InlineData("Wow!")]
    public void Add_WordThatIsAValue_IsTaken(string word) => Assert.Null(texts.Add([word, "1"]));

    [Fact]
    public void ValuesOf_Data_IsMatchedHoweverItIsSpelled()
    {
        var other = new PersonalTexts(MessageTemplate.Parse("{{First Name}} {{code|x}}", out _)!, 40);

        Assert.Equal(["Ada", null], other.ValuesOf([new("first_NAME", "Ada"), new("unused", "b")], out var fault));
        Assert.Null(fault);
        other.ValuesOf([new("first_name", "Ada"), new("FirstName", "Eve")], out fault);
        Assert.Equal("FirstName", fault!.Value.Name);
    }

    [Fact]
    public void Largest_ManyTexts_IsTheMostOfAny()
    {
        var many = new PersonalTexts(MessageTemplate.Parse("{{x}}", out _)!, 1600);
        foreach (var value in new[] { "a", new string('b', 161), "c" })
        {
            many.Add([value]);
        }

        Assert.Equal(new MessageSegments(SmsEncoding.Gsm7, 2, 161), many.Largest);
    }

    [Property]
    public Property At_AnyTakenValues_IsWhatWasCounted() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Elements("b", "a", "€", "😀", "ß\nß", "ß", "{{name}}", "a b"), 2)),
        values =>
        {
            var one = new PersonalTexts(MessageTemplate.Parse("x{{a}}y{{b}}", out _)!, 1600);
            return one.Add(values) is null && one.At(0) == $"x{values[0]}y{values[1]}" && one.SegmentsAt(0) == MessageSegments.Of(one.At(0)).Count;
        });
}

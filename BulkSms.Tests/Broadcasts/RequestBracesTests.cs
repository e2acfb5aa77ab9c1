using System.Text.Json;
using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Braces that are no placeholder of ours, and what bounds those that are.</summary>
public sealed class RequestBracesTests
{
    [Theory]
    [InlineData("Hi {name}!", "{name}")]
    [InlineData("Hi { First Name }!", "{ First Name }")]
    [InlineData("Hi {0}", "{0}")]
    [InlineData("Hi ${name}", "{name}")]
    [InlineData("Hi {$name}", "{$name}")]
    [InlineData("Hi {%name%}", "{%name%}")]
    [InlineData("Hi {name}}", "{name}")]
    [InlineData("Hi ((name))!", "((name))")]
    [InlineData("Hi (( name ))", "(( name ))")]
    [InlineData("Hi [[name]]", "[[name]]")]
    [InlineData("Hi <<Straße-2>>", "<<Straße-2>>")]
    [InlineData("Hi {name|there}!", "{name|there}")]
    [InlineData("Hi {name|there}}", "{name|there}")]
    [InlineData("Hi {\u00a0first\u00a0name }", "{\u00a0first\u00a0name }")]
    [InlineData("Hi {First/Last}", "{First/Last}")]
    [InlineData("Hi ｛｛name｝｝", "｛｛name｝｝")]
    [InlineData("Hi *|FNAME|*", "*|FNAME|*")]
    [InlineData("Hi %%First Name%%", "%%First Name%%")]
    [InlineData("Hi %NAME%!", "%NAME%")]
    public void Read_OtherToolsBraces_IsAFaultThatShowsThem(string message, string shown)
    {
        Assert.Equal([$"$.message: has {shown}, which is no placeholder here: write {{{{name}}}}, or set literal to true to send it as it is"], FaultsOf(WithMessage(message)));
        Assert.Equal(message, Good(Literal(message)).Message);
    }

    [Theory]
    [InlineData("{} { } (()) [[]] <<>>")]
    [InlineData("name} {name")]
    [InlineData("(name) [name] <name> a(b(c)d)")]
    [InlineData(":-{ :-} ¯\\_(ツ)_/¯")]
    [InlineData("50% or 30% off, 100%cotton% https://example.com/a%20b%C3%A4?c=%C3%84")]
    public void Read_BracesAroundNothing_AreText(string message) => Assert.Equal(message, Good(WithMessage(message)).Message);

    [Theory]
    [InlineData("Hi {{name}", "Hi {{name}")]
    [InlineData("{{", "{{")]
    [InlineData("{{{{a}}}} {b}", "{{1}} {b}")] // what is one of our placeholders stays one
    [InlineData("{{{a}}} and {{ b }}", "{1} and 2")]
    public void Read_Literal_SendsWhatIsNoPlaceholderAsItIs(string message, string expected)
    {
        var json = $$$"""{"message": {{{JsonSerializer.Serialize(message)}}}, "literal": true, "recipients": [{"to": "{{{Ada}}}", "data": {"a": "1", "b": "2"}}]}""";

        var request = Good(json);

        Assert.Equal(expected, request.Recipients.Without(_ => false)[0].Text ?? request.Message);
    }

    [Fact]
    public void Read_OtherToolsBracesBesideOurs_IsAFault() => Assert.Contains(
        "$.message: has {last}, which is no placeholder here: write {{name}}, or set literal to true to send it as it is", FaultsOf(WithMessage("Hi {{first}} {last}")));

    [Fact]
    public void Read_BracesInAValue_AreText()
    {
        var request = Good($$$"""{"message": "Hi {{a}}", "recipients": [{"to": "{{{Ada}}}", "data": {"a": " {name} ((b)) {{c}} "}}]}""");

        Assert.Equal("Hi {name} ((b)) {{c}}", request.Recipients.Without(_ => false)[0].Text);
    }

    [Fact]
    public void Read_LostCharacters_IsAFault() => Assert.Equal(
        ["$.message: must not contain U+FFFD, which stands for characters that were lost before: take the text from where it is whole"], FaultsOf(WithMessage("Sch\ufffdn")));

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Read_ManyPlaceholders_AreBounded(int count, bool isGood)
    {
        var json = $$$"""{"message": "{{{string.Concat(Enumerable.Repeat("{{a}}", count))}}}", "recipients": [{"to": "{{{Ada}}}", "data": {"a": "1"}}]}""";

        Assert.Equal(isGood ? [] : ["$.message: must have at most 50 placeholders"], isGood ? [] : FaultsOf(json));
        Assert.True(!isGood || Good(json).Recipients.Without(_ => false)[0].Text == new string('1', 50));
    }

    [Fact]
    public void Read_ManyMissingValues_NamesTheFirstFew() => Assert.Equal(
        ["$.recipients[0]: has no value for {{n0}}, {{n1}}, {{n2}}, {{n3}}, {{n4}} and 45 more"],
        FaultsOf(WithMessage(string.Concat(Enumerable.Range(0, 50).Select(i => $"{{{{n{i}}}}}")))));

    private static string Literal(string message) => $$"""{"message": {{JsonSerializer.Serialize(message)}}, "literal": true, "recipients": ["{{Ada}}"]}""";
}

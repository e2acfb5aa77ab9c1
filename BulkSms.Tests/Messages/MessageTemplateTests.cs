using BulkSms.Messages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Messages;

public sealed class MessageTemplateTests
{
    [Theory]
    [InlineData("Hello", false)]
    [InlineData("{name} {", false)]
    [InlineData("}}", false)]
    [InlineData("Hello {{name}}", true)]
    [InlineData("{{", true)]
    public void IsTemplate_Text_SaysWhetherTwoBracesOpen(string text, bool expected) => Assert.Equal(expected, MessageTemplate.IsTemplate(text));

    [Theory]
    [InlineData("Hello {{name}}!", "Hello Ada!")]
    [InlineData("{{name}}", "Ada")]
    [InlineData("{{ name }}, {{  name}}", "Ada, Ada")]
    [InlineData("{{code}}{{name}}{{code}}", "7Ada7")]
    [InlineData("{{name}}}} {x} }}", "Ada}} {x} }}")]
    [InlineData("€ {{name}} 😀", "€ Ada 😀")]
    public void Render_Placeholders_ArePutIn(string text, string expected)
    {
        var template = MessageTemplate.Parse(text, out var fault)!;

        Assert.Null(fault);
        Assert.Equal(expected, template.Render([.. template.Names.Select(name => name == "name" ? "Ada" : "7")]));
    }

    [Fact]
    public void Parse_Names_AreEachOnceInTheOrderOfUse()
    {
        var template = MessageTemplate.Parse("{{order.no}} {{first_name}} {{order.no}} {{Straße-2}}", out _)!;

        Assert.Equal(["order.no", "first_name", "Straße-2"], template.Names);
        Assert.Equal(3, template.LiteralLength);
    }

    [Theory]
    [InlineData("{{", 1)]
    [InlineData("Hello {{name}, {{name}}", 7)]
    [InlineData("{{name}} {{}}", 10)]
    [InlineData("{{{name}}}", 1)]
    [InlineData("{{na\nme}}", 1)]
    [InlineData("{{\tname}}", 1)]
    [InlineData("{{|there}}", 1)]
    [InlineData("{{name|{x}}}", 1)]
    [InlineData("{{name|a{b}}", 1)]
    [InlineData("{{#if name}}", 1)]
    [InlineData("{{a}}{{b", 6)]
    public void Parse_BracesThatBeginNoPlaceholder_IsAFaultWithItsPosition(string text, int position)
    {
        Assert.Null(MessageTemplate.Parse(text, out var fault));
        Assert.Equal($"has {{{{ at character {position} that begins no placeholder: write {{{{name}}}}, or {{{{name|there}}}} with what stands for a missing value", fault);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Parse_LongName_HasAtMost64Characters(int length, bool expected) =>
        Assert.Equal(expected, MessageTemplate.Parse($"{{{{{new string('x', length)}}}}}", out _) is not null);

    [Theory]
    [InlineData("Hi {{name|there}}", "", "Hi there")]
    [InlineData("Hi {{name|there}}", "Ada", "Hi Ada")]
    [InlineData("Hi {{ name | dear friend, }}!", "", "Hi dear friend,!")]
    [InlineData("Hi{{name|}}!", "", "Hi!")]
    [InlineData("{{name|A}} {{Name|B}}", "", "A B")] // each use has its own
    [InlineData("{{First Name|50 % (a|b)}}", "", "50 % (a|b)")]
    public void Render_MissingValue_IsWhatStandsForIt(string text, string value, string expected)
    {
        var template = MessageTemplate.Parse(text, out _)!;

        Assert.True(template.HasDefault(0));
        Assert.Equal(expected, template.Render([value]));
    }

    [Fact]
    public void Parse_SpellingsOfOneName_AreOneName()
    {
        var template = MessageTemplate.Parse("{{First Name}} {{first_name}} {{FIRST-NAME|x}} {{firstname}}", out _)!;

        Assert.Equal(["First Name"], template.Names);
        Assert.False(template.HasDefault(0)); // not every use has one
        Assert.Equal("Ada Ada Ada Ada", template.Render(["Ada"]));
    }

    [Fact]
    public void Render_ValueWithBraces_IsNotReadAgain() =>
        Assert.Equal("{{other}}", MessageTemplate.Parse("{{name}}", out _)!.Render(["{{other}}"]));

    [Property(MaxTest = 1000)]
    public Property Render_LiteralsAndPlaceholders_AgreesWithReplacing() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Elements("a", "}", "}}", " ", "{{x}}", "{{ y }}", "€", "\n"))),
        parts =>
        {
            var text = string.Concat(parts);
            var template = MessageTemplate.Parse(text, out _)!;
            return template.Render([.. template.Names.Select(name => name == "x" ? "1" : "two")])
                == text.Replace("{{x}}", "1", StringComparison.Ordinal).Replace("{{ y }}", "two", StringComparison.Ordinal);
        });

    [Property(MaxTest = 1000)]
    public Property Parse_AnyBraces_IsATemplateOrAFault() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Elements("{{ }}name.-_1\n😀".ToCharArray()))),
        characters => MessageTemplate.Parse(new string(characters), out var fault) is null == fault is not null);
}

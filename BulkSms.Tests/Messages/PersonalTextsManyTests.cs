using BulkSms.Messages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Messages;

/// <summary>Values are packed into blocks: none may be cut, lost or mixed up where one block ends and the next begins.</summary>
public sealed class PersonalTextsManyTests
{
    [Property(MaxTest = 50)]
    public Property At_ManyValuesOfAnyLength_AreEachTheirOwn() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(
            from length in Gen.Elements(1, 2, 7, 100, 1500)
            from letter in Gen.Elements('a', 'é', '€')
            select new string(letter, length), 400)),
        values =>
        {
            var texts = new PersonalTexts(MessageTemplate.Parse("{{a}}-{{b}}", out _)!, 1600);
            var pairs = values.Select((value, index) => new string?[] { value, $"{index}" }).ToArray();
            return pairs.All(pair => texts.Add(pair) is null)
                && Enumerable.Range(0, pairs.Length).All(index => texts.At(index) == $"{pairs[index][0]}-{pairs[index][1]}");
        });

    [Fact]
    public void Add_RefusedTextBetweenOthers_LeavesTheirPlaces()
    {
        var texts = new PersonalTexts(MessageTemplate.Parse("{{a}}", out _)!, 10_000);
        Assert.Null(texts.Add([new string('x', 5000)]));
        Assert.NotNull(texts.Add([new string('y', 10_001)]));
        Assert.Null(texts.Add(["z"]));

        Assert.Equal([new string('x', 5000), "z"], [texts.At(0), texts.At(1)]);
    }
}

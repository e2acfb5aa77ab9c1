using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Recipients;

public sealed class RecipientListTests
{
    // What a caller may write, and the phone that it means; null where it means none.
    private static readonly (string Text, string? Phone)[] Spellings =
    [
        ("+15550001111", "+15550001111"), ("+15550002222", "+15550002222"), ("+15550003333", "+15550003333"),
        ("+447700900123", "+447700900123"), ("+4407700900123", "+447700900123"),
        ("", null), ("15550001111", null), ("+1555\n0001111", null), ("+9991234567", null),
    ];

    [Fact]
    public void Add_Duplicates_KeepsTheFirstInOrder()
    {
        var list = new RecipientList();
        foreach (var text in new[] { "+15550002222", "+447700900123", "+15550001111", "+4407700900123", "+15550002222" })
        {
            Assert.Null(list.Add(text));
        }

        Assert.Equal(["+15550002222", "+447700900123", "+15550001111"], list.Unique);
        Assert.Equal(2, list.Duplicates);
    }

    [Theory]
    [InlineData("+5491112345678", "+541112345678")]
    [InlineData("+551187654321", "+5511987654321")]
    [InlineData("+525512345678", "+52 1 55 1234 5678")]
    public void Add_TwoNumbersOfOnePhone_KeepsTheFirstAsWritten(string first, string second)
    {
        var list = new RecipientList();

        Assert.Null(list.Add(first));
        Assert.Null(list.Add(second));

        Assert.Equal([first], list.Unique);
        Assert.Equal(1, list.Duplicates);
    }

    [Fact]
    public void Add_InvalidNumber_TellsTheFaultAndAddsNothing()
    {
        var list = new RecipientList();

        Assert.Equal("has a country code that does not exist", list.Add("+9991234567"));
        Assert.Empty(list.Unique);
        Assert.Equal(0, list.Duplicates);
    }

    [Property]
    public Property Add_AnyTexts_AgreesWithANaiveModel() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Elements(Spellings))),
        entries =>
        {
            var list = new RecipientList();
            var refused = entries.Count(entry => list.Add(entry.Text) is not null);
            var phones = entries.Select(entry => entry.Phone).OfType<string>().ToList();
            return list.Unique.SequenceEqual(phones.Distinct())
                && list.Duplicates == phones.Count - phones.Distinct().Count()
                && refused == entries.Length - phones.Count;
        });
}

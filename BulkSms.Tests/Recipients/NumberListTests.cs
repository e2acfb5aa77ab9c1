using BulkSms.Common;
using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Recipients;

/// <summary>What a long list is held in: as numbers, not as texts.</summary>
public sealed class NumberListTests
{
    [Theory]
    [InlineData("+15551230001")]
    [InlineData("+999999999999999999")]
    [InlineData("+1")]
    [InlineData("+0123")] // the others are no numbers, and are kept as they are
    [InlineData("15551230001")]
    [InlineData("+1555x")]
    [InlineData("+1999999999999999999")]
    [InlineData("")]
    public void Number_OfAnyForm_ComesBackAsItWas(string number)
    {
        var list = new NumberList { number, "+447700900123" };

        Assert.Equal([number, "+447700900123"], list);
        Assert.Equal(0, Phones(list).IndexOf(number));
        Assert.Equal(1, Phones(list).IndexOf("+447700900123"));
        Assert.Null(Phones(list).IndexOf("+447700900124"));
    }

    [Property]
    public Property Phone_OfAnyVariant_IsFoundByTheFirstOfItsNumbers() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Elements("+5491112345678", "+541112345678", "+551187654321", "+5511987654321", "+525512345678", "+5215512345678", "+4930123456", "+15550001111", "+15550001112"))),
        numbers =>
        {
            var list = new NumberList();
            var phones = new PhoneSet(list);
            var first = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var number in numbers)
            {
                first.TryAdd(NumberVariants.KeyOf(number), list.Count);
                list.Add(number);
                phones.Add(list.Count - 1);
            }

            return numbers.All(number => phones.IndexOf(number) == first[NumberVariants.KeyOf(number)]);
        });

    [Fact]
    public void ThousandsOfNumbers_AreEachFound()
    {
        var list = new NumberList();
        var phones = new PhoneSet(list);
        for (var i = 0; i < 50_000; i++)
        {
            list.Add($"+1555{i:0000000}");
            phones.Add(i);
        }

        Assert.All(Enumerable.Range(0, 50_000).Where(i => i % 97 == 0), i => Assert.Equal((i, $"+1555{i:0000000}"), (phones.IndexOf($"+1555{i:0000000}"), list[i])));
        Assert.Null(phones.IndexOf("+15550050000"));
    }

    [Fact]
    public void ChunkedList_OfAnyLength_HasEachItemAtItsPlace()
    {
        var list = new ChunkedList<int>();
        for (var i = 0; i < 20_000; i++)
        {
            list.Add(i);
        }

        Assert.Equal(Enumerable.Range(0, 20_000), list);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[20_000]);
    }

    private static PhoneSet Phones(NumberList list)
    {
        var phones = new PhoneSet(list);
        for (var i = 0; i < list.Count; i++)
        {
            phones.Add(i);
        }

        return phones;
    }
}

using System.Text;
using System.Text.Json;
using BulkSms.Broadcasts.Requests;
using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static BulkSms.Tests.Broadcasts.UploadReading;

namespace BulkSms.Tests.Broadcasts;

public sealed class NdjsonListTests
{
    private const string Ada = "+15550001111";
    private const string Bob = "+15550002222";
    private const string AdaLine = """{"to": "+15550001111", "data": {"name": "Ada"}}""";
    private const string BobLine = """{"data": {"name": "Bob"}, "to": "+15550002222"}""";

    [Theory]
    [InlineData(AdaLine + "\n" + BobLine + "\n")]
    [InlineData("\ufeff" + AdaLine + "\r\n\r\n  " + BobLine + " \t")]
    public async Task Read_GoodFile_IsItsRecipients(string file)
    {
        var (people, errors, _) = await ReadAsync(NdjsonFile, file);

        Assert.Empty(errors.First);
        Assert.Equal([new(Ada, "Hi Ada", 1), new(Bob, "Hi Bob", 1)], people);
    }

    [Theory]
    [InlineData("[\"+15550001111\"]\n{\"to\": \"+15550002222\"}")]
    [InlineData("[\"+15550001111\"][\"+15550002222\", \"+15550003333\"")]
    [InlineData("[\"+15550001111\"] x")]
    public async Task Read_ArrayWithSomethingAfterIt_IsRefused(string file) => Assert.Contains(
        "JSON array with something", Assert.Single((await RequestOfAsync(Encoding.UTF8.GetBytes(file), "Hello")).Errors), StringComparison.Ordinal);

    [Fact]
    public async Task Read_StringsAndObjects_MayBeMixed() => Assert.Equal(
        [new Addressee(Ada), new Addressee(Bob)],
        (await ReadAsync(NdjsonFile, $"\"{Ada}\"\n{BobLine}\n\"{Ada}\"", "Hello")).People);

    [Fact]
    public async Task Read_Utf16_IsToldByTheByteOrderMark() => Assert.Equal(
        [new(Ada, "Hi Ada", 1)],
        (await ReadAsync(NdjsonFile, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(AdaLine)])).People);

    [Theory]
    [InlineData("", "recipients: must name at least one recipient")]
    [InlineData(" \n\n", "recipients: must name at least one recipient")]
    [InlineData(AdaLine + "\n{\"to\": ", "line 2: is not valid JSON")]
    [InlineData(AdaLine + "," + BobLine, "line 1: is not valid JSON")]
    [InlineData("""{"to": "+15550001111", "to": "+15550002222"}""", "line 1: is not valid JSON")]
    [InlineData("""{"\ud800": 1}""", "line 1: is not valid JSON")]
    [InlineData("\n[1]", "$[0]: must be a string, or an object such as {\"to\": \"+15551234567\", \"data\": {\"name\": \"Ada\"}}")]
    [InlineData("""{"to": "+15550001111", "name": "Ada"}""", "line 1: name: is not a known field: the values of a text stand in data")]
    [InlineData("""{"to": "+15550001111", "data": {"name": true}}""", "line 1: data.name: must be a string or a number")]
    [InlineData("\"+15550001111\"", "line 1: has no value for {{name}}")]
    [InlineData("{\"to\": \"+1555000\u00011111\"}", "line 1: is not valid JSON")]
    [InlineData("\"\ufffd\"", "line 1: has bytes that are not UTF-8")]
    [InlineData(AdaLine + "\n" + AdaLine + "\n\n" + AdaLine, "line 4: is one entry too many: at most 2 are taken")]
    public async Task Read_FaultyFile_IsAFaultByItsLine(string file, string fault) => Assert.Equal([fault], await FaultsOfAsync(NdjsonFile, file, most: 2));

    [Theory]
    [InlineData(65_536, false)]
    [InlineData(65_537, true)]
    [InlineData(10_000_000, true)]
    public async Task Read_LongLine_IsRefusedWithoutBeingHeld(int length, bool isFault) => Assert.Equal(
        isFault ? ["line 2: is longer than 65536 characters"] : [],
        await FaultsOfAsync(NdjsonFile, $"{AdaLine}\n\"{Bob}\"{new string(' ', length - Bob.Length - 2)}\r\n{AdaLine}", "Hello"));

    [Fact]
    public async Task Read_Skip_LeavesFaultyLinesOutAndCountsThem()
    {
        var (people, errors, invalid) = await ReadAsync(NdjsonFile, $"{AdaLine}\nnonsense\n\"{Bob}\"\n", skip: true);

        Assert.Empty(errors.First);
        Assert.Equal([Ada], people.Select(person => person.To));
        Assert.Equal(2, invalid);
    }

    [Property]
    public Property Read_WhatWasWritten_ComesBack() => Prop.ForAll(
        Arb.From(
            from people in Gen.NonEmptyListOf(
                from i in Gen.Choose(0, 9999)
                from name in Gen.NonEmptyListOf(Gen.Elements("a", "\"", "\\", "\n", "é", "😀", "\u2028"))
                select (To: $"+1555000{i:0000}", Name: $"x{string.Concat(name)}x"))
            from newline in Gen.Elements("\n", "\r\n", "\n\n")
            from atATime in Gen.Elements(1, 7, int.MaxValue)
            select (people, newline, atATime)),
        each =>
        {
            var file = string.Concat(each.people.Select(person => JsonSerializer.Serialize(new { to = person.To, data = new { name = person.Name } }) + each.newline));
            var (people, errors, _) = ReadAsync(NdjsonFile, Encoding.UTF8.GetBytes(file), atATime: each.atATime).GetAwaiter().GetResult();
            return !errors.Any && people.Select(person => (person.To, person.Text)).SequenceEqual(each.people.DistinctBy(person => person.To).Select(person => (person.To, (string?)$"Hi {person.Name}")));
        });

    [Property(MaxTest = 1000)]
    public Property Read_AnyBytes_AreFaultsOrRecipients() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.OneOf(Gen.Elements(Encoding.UTF8.GetBytes("{}[]\":,\\u\n\r +15550001111todata")), Gen.Choose(0, 255).Select(value => (byte)value)))),
        file =>
        {
            var (people, errors, _) = ReadAsync(NdjsonFile, file, "Hello").GetAwaiter().GetResult();
            return errors.Any || people.Count > 0;
        });
}

using System.Text;
using BulkSms.Broadcasts.Requests;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static BulkSms.Tests.Broadcasts.UploadReading;

namespace BulkSms.Tests.Broadcasts;

public sealed class CsvListTests
{
    private const string Ada = "+15550001111";
    private const string Bob = "+15550002222";
    private const string Read = "; a phone number has digits, spaces, hyphens, dots, a slash or brackets";

    [Theory]
    [InlineData("to,name\r\n+15550001111,Ada\r\n+15550002222,Bob\r\n")]
    [InlineData("to,name\n+15550001111,Ada\n+15550002222,Bob")]
    [InlineData("to,name\r+15550001111,Ada\r+15550002222,Bob")]
    [InlineData("to,name\ntel:+15550001111,Ada\nTEL:+15550002222,Bob")]
    [InlineData("name,Phone\n\"Ada\",\"+15550001111\"\n\nBob,+15550002222\n,\n")]
    [InlineData(" TO , name,unused,\n+15550001111,Ada,x,\n+15550002222,Bob,\"a\nb\",")]
    public async Task Read_GoodFile_IsItsRecipients(string file)
    {
        var (people, errors, _) = await ReadAsync(AnyFile, file);

        Assert.Empty(errors.First);
        Assert.Equal([new(Ada, "Hi Ada", 1), new(Bob, "Hi Bob", 1)], people);
    }

    [Fact]
    public async Task Read_QuotesCommasAndLineBreaksInAValue_AreTheValue() => Assert.Equal(
        [new(Ada, "Hi A \"d\", a\r\nb", 1)],
        (await ReadAsync(AnyFile, "to,name\n+15550001111,\"A \"\"d\"\", a\r\nb\"\n")).People);

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public async Task Read_Encoding_IsToldByTheByteOrderMark(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] file = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes("to,name\n+15550001111,Zoë 😀")];

        Assert.Equal([new(Ada, "Hi Zoë 😀", 1)], (await ReadAsync(AnyFile, file)).People);
    }

    [Theory]
    [InlineData("", "line 1: is empty: the list begins with a header, such as phone,name")]
    [InlineData("\n\n", "line 1: is empty: the list begins with a header, such as phone,name")]
    [InlineData("+15550001111,Ada\n", "line 1: is no header: it was read as +15550001111, Ada. Put a line with the names of the columns above it, such as phone,name")]
    [InlineData("who,name\n", "line 1: is a header without a column of phone numbers; its columns are who, name. Call one of them phone, or name it by numberColumn")]
    [InlineData("to,phone,name\n", "line 1: has several columns that may hold the numbers: to, phone. Name the one that is meant by numberColumn")]
    [InlineData("to,name,Name\n", "line 1: has several columns for {{name}}: name, Name. Rename all but the one that is meant")]
    [InlineData("to,nickname\n+15550001111,Ada", "line 1: has no column for {{name}}; its columns are to, nickname")]
    [InlineData("to,\"name\"x\n", "line 1: has a quotation mark in the wrong place")]
    [InlineData("\"to,name\n+15550001111,Ada", "line 1: has a quotation mark that is never closed")]
    [InlineData("to,name\n", "recipients: must name at least one recipient")]
    [InlineData("to,name\n+15550001111,Ada\n,,,\n+15550002222,Bob,x\n", "line 4: has 3 columns; the header has 2: put a value that has commas in it in quotation marks")]
    [InlineData("to,name\n+15550001111;Ada\n", "line 2: is separated by semicolons, and the header by commas: separate all lines in one way")]
    [InlineData("to,name\n+15550001111\n", "line 2: has no value for {{name}}")]
    [InlineData("to,name\n+15550001111,\n", "line 2: has no value for {{name}}")]
    [InlineData("to,name\n,Ada\n", "line 2: must be a phone number, such as +15551234567")]
    [InlineData("to,name\n\n\n+15550001111,\"A\nB\"\n555,Bob\n", "line 6: \"555\" has no + and country code: write it as +15551234567, or name its country in defaultRegion")]
    [InlineData("to,name\n+15550001111,A\"da\n", "line 2: has a quotation mark in the wrong place")]
    [InlineData("to,name\n+15550001111,\"A\"da\n", "line 2: has a quotation mark in the wrong place")]
    [InlineData("to,name\n+15550002222,Bob\n+15550001111,\"Ada\n+15550003333,Eve\n", "line 3: has a quotation mark that is never closed")]
    [InlineData("to,name\n+1555000\u000f1111,Ada\n", "line 2: has SHIFT IN (U+000F) at position 9" + Read)]
    [InlineData("to,name\n+15550001111,A\u0001B\n", "line 2: the text for this recipient must not contain control characters other than tab, line feed, form feed and carriage return")]
    [InlineData("to,name\n+15550001111,A\n+15550002222,B\n+15550003333,C\n+15550004444,D\n", "line 5: is one entry too many: at most 3 are taken")]
    public async Task Read_FaultyFile_IsAFaultByItsLine(string file, string fault) => Assert.Equal([fault], await FaultsOfAsync(AnyFile, file, most: 3));

    [Fact]
    public async Task Read_BytesThatAreNotUtf8AfterSomeThatAre_AreAFaultWhereTheyAreUsed()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes("to,name,note\n+15550003333,Zoë,\n"), .. Encoding.Latin1.GetBytes("+15550001111,Zoë,\n+15550002222,Bob,ë\n")];

        var (people, errors, _) = await ReadAsync(AnyFile, file);

        Assert.Equal(["+15550003333", Bob], people.Select(person => person.To));
        Assert.Equal(["has characters that cannot be read in the file's encoding: save the file as UTF-8"], errors.First["line 3"]);
    }

    [Theory]
    [InlineData('x', 10_000_000)]
    [InlineData(',', 10_000_000)]
    [InlineData('x', 66_000)]
    public async Task Read_EndlessLine_IsRefusedWithoutBeingHeld(char filler, int length) => Assert.Equal(
        ["line 3: is longer than 65536 characters: is there a quotation mark that is never closed?"],
        await FaultsOfAsync(AnyFile, $"to,name\n+15550001111,Ada\n+15550002222,\"{new string(filler, length)}"));

    [Fact]
    public async Task Read_Skip_LeavesFaultyLinesOutAndCountsThem()
    {
        var (people, errors, invalid) = await ReadAsync(AnyFile, "to,name\n+15550001111,Ada\n555,Bob\n+15550002222,\n+15550002222,Bob,x\n", skip: true);

        Assert.Empty(errors.First);
        Assert.Equal([new(Ada, "Hi Ada", 1)], people);
        Assert.Equal(3, invalid);
    }

    [Theory]
    [InlineData("to,name\nx1x,Bob\n", "recipients: must name at least one recipient without a fault")]
    [InlineData("to,name\n+15550001111,Ada\n+15550002222,\"Bob\n", "line 3: has a quotation mark that is never closed")] // what else did it swallow?
    public async Task Read_SkipWhatCannotBeMended_IsAFault(string file, string fault)
    {
        var (_, errors, _) = await ReadAsync(AnyFile, file, skip: true);

        Assert.Equal([fault], errors.First.Select(each => $"{each.Key}: {each.Value[0]}"));
    }

    [Fact]
    public async Task Read_ManyFaults_KeepsTheFirst100AndCountsAll()
    {
        var (_, errors, _) = await ReadAsync(AnyFile, "to\n" + string.Concat(Enumerable.Repeat("x\n", 250)), "Hello");

        Assert.Equal((250, 100), (errors.Count, errors.First.Count));
        Assert.Equal("line 2", errors.First.Keys.First());
    }

    [Property]
    public Property Read_WhatWasWritten_ComesBack() => Prop.ForAll(
        Arb.From(
            from people in Gen.NonEmptyListOf(
                from i in Gen.Choose(0, 9999)
                from name in Gen.NonEmptyListOf(Gen.Elements("a", ",", "\"", "\r\n", "\n", "\t", " ", "é", "😀", ";", "'"))
                select (To: $"+1555000{i:0000}", Name: $"x{string.Concat(name)}x"))
            from newline in Gen.Elements("\n", "\r\n")
            from atATime in Gen.Elements(1, 7, int.MaxValue)
            select (people, newline, atATime)),
        each =>
        {
            var file = string.Concat(each.people.Prepend(("to", "name")).Select(row => $"{row.Item1},\"{row.Item2.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{each.newline}"));
            var (people, errors, _) = ReadAsync(AnyFile, Encoding.UTF8.GetBytes(file), atATime: each.atATime).GetAwaiter().GetResult();
            return !errors.Any && people.Select(person => (person.To, person.Text)).SequenceEqual(each.people.DistinctBy(person => person.To).Select(person => (person.To, (string?)$"Hi {person.Name}")));
        });

    [Property(MaxTest = 1000)]
    public Property Read_AnyBytes_AreFaultsOrRecipients() => Prop.ForAll(
        Arb.From(from file in Gen.ArrayOf(Gen.OneOf(Gen.Elements(Encoding.UTF8.GetBytes("to,name\n\"\r+15550001111\0 \ufeff")), Gen.Choose(0, 255).Select(value => (byte)value)))
                 from header in Gen.Elements("", "to\n", "to,name\n", "\ufeffname,to\r\n")
                 select (byte[])[.. Encoding.UTF8.GetBytes(header), .. file]),
        file =>
        {
            var (people, errors, _) = ReadAsync(AnyFile, file, "Hello").GetAwaiter().GetResult();
            return errors.Any || people.Count > 0;
        });
}

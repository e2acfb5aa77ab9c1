using System.Text;
using BulkSms.Lists;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Lists;

public sealed class DelimitedReaderTests
{
    [Property(MaxTest = 300)]
    public Property Read_AnyTableInAnyDialect_ComesBack() => Prop.ForAll(
        Arb.From(
            from columns in Gen.Choose(1, 4)
            from rows in Gen.NonEmptyListOf(Gen.ArrayOf(Gen.Elements("a", "", "x y", ",", ";", "\t", "|", "\"", "a\"b", "\r\n", "\n", "ë", "😀", "=", "'", "sep=;", " a "), columns))
            from separator in Gen.Elements(',', ';', '\t', '|')
            from newline in Gen.Elements("\n", "\r\n", "\r")
            from encoding in Gen.Elements<Encoding>(new UTF8Encoding(true), new UTF8Encoding(false), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), new UTF32Encoding())
            from hasEnd in Gen.Elements(true, false)
            select (rows, separator, newline, encoding, hasEnd)),
        each =>
        {
            var text = string.Join(each.newline, each.rows.Select(row => string.Join(each.separator, row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))) + (each.hasEnd ? each.newline : "");
            byte[] file = [.. each.encoding.GetPreamble(), .. each.encoding.GetBytes(text)];
            return Read(file, each.separator).Select(row => string.Join('\u0001', row)).SequenceEqual(each.rows.Select(row => string.Join('\u0001', row)));
        });

    [Theory]
    [InlineData("a,b\n1,2\n", "a/b;1/2")]
    [InlineData("a,b\r1,2\r", "a/b;1/2")]
    [InlineData("\n\n a , \"b\" \n\n", " a /b")]
    [InlineData("=\"1\",=\"2\"", "1/2")]
    [InlineData("=1,==", "=1/==")]
    [InlineData("a,", "a/")]
    [InlineData(",", "/")]
    [InlineData("\"\"", "")]
    public void Read_Text_IsItsCells(string text, string expected) => Assert.Equal(expected, string.Join(';', Read(Encoding.UTF8.GetBytes(text), ',').Select(row => string.Join('/', row))));

    [Theory]
    [InlineData("a\n\n\"b\nc\"\nd\n", "1 3 5")]
    [InlineData("a\r\n\r\n\"b\r\nc\"\r\nd\r\n", "1 3 5")]
    [InlineData("a\r\r\"b\rc\"\rd", "1 3 5")]
    public async Task Read_Rows_AreNumberedByTheirFirstLine(string text, string expected)
    {
        using var reader = new DelimitedReader(new StringReader(text), ',', 100);
        var lines = new List<int>();
        while (await reader.ReadAsync(default) is { } row)
        {
            lines.Add(row.Number);
        }

        Assert.Equal(expected, string.Join(' ', lines));
    }

    [Theory]
    [InlineData("phone;name\n1;2\n", ';')]
    [InlineData("phone\tname\n1\t2\n", '\t')]
    [InlineData("phone|name\n1|2\n", '|')]
    [InlineData("phone,name\n1,2\n", ',')]
    [InlineData("\"phone\";\"first, last\"\n1;\"a, b\"\n", ';')]
    [InlineData("name;phone\nAda;1,5\n", ';')]
    [InlineData("\n;;\nphone;name\n", ';')]
    [InlineData("phone\n1;\n2;\n", ';')]
    [InlineData("phone\n1\n", ',')]
    [InlineData("a;b;c\n", ';')]
    [InlineData("sep=^\nphone^name\n", '^')]
    [InlineData("\"sep=;\"\r\nphone,name\r\n", ';')]
    [InlineData("", ',')]
    public async Task Of_Beginning_IsItsSeparator(string head, char expected) => Assert.Equal((expected, null), await SeparatorOf(head));

    [Fact]
    public async Task Of_TwoReadings_AreBothTold() => Assert.Equal((',', ';'), await SeparatorOf("phone;x,mobile\n1;2,3\n"));

    private static async Task<(char, char?)> SeparatorOf(string head) => await Dialect.OfAsync(head, NumberColumnNames.Has) is var dialect ? (dialect.Separator, dialect.Other) : default;

    private static IEnumerable<string[]> Read(byte[] file, char separator)
    {
        using var text = TextEncoding.Open(new MemoryStream(file), file, null)!;
        using var reader = new DelimitedReader(text, separator, 100_000);
        while (reader.ReadAsync(default).AsTask().GetAwaiter().GetResult() is { } row)
        {
            Assert.Null(row.Error);
            yield return [.. row.Cells.Select(cell => cell.Text)];
        }
    }
}

using System.Text;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.OptOuts;
using FsCheck.Xunit;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.OptOuts;

public sealed class OptOutCsvTests
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Theory]
    [InlineData($"phone\n{Ada}\n{Bob}\n")]
    [InlineData($"\ufeffphone\r\n{Ada}\r\n{Bob}")]
    [InlineData($"name, Phone ,since\nA, {Ada} ,x\nB,tel:{Bob},y\n")]
    [InlineData($"Name;PHONE\n\"Ada; \"\"L\"\"\";{Ada}\nBob;{Bob}\n")]
    [InlineData($"phone\tname\n\n\"{Ada}\"\tA\n{Bob}\tB\n{Ada}\tagain\n")]
    public void Read_Numbers_InTheirOrder(string csv)
    {
        var (numbers, errors) = Read(csv);

        Assert.Empty(errors);
        Assert.Equal([Ada, Bob], numbers);
    }

    [Theory]
    [InlineData("", "line 1", "is empty: the list begins with a header, such as phone,name")]
    [InlineData($"{Ada}\n", "line 1", "is no header: it was read as +15551230001. Put a line with the names of the columns above it, such as phone,name")]
    [InlineData("phone\n", "phones", "must name at least one number")]
    [InlineData($"phone\n{Ada}\n\n555-1234\n", "line 4", "has no + and country code: write it as +15551234567, or name its country in defaultRegion")]
    [InlineData($"name,phone\nA,{Ada}\nB\n", "line 3", "must be a phone number, such as +15551234567")]
    [InlineData($"phone\n{Ada}\n\"{Bob}\n", "line 3", "has a quotation mark that is never closed")]
    [InlineData($"phone\n{Ada}\n{Bob}\n+15551230003\n", "line 4", "is one entry too many: at most 2 are taken")]
    public void Read_Fault_IsNamedByItsLine(string csv, string line, string fault) => Assert.Equal((line, fault), Assert.Single(Read(csv).Errors));

    [Property]
    public bool Read_AnyBytes_NeverFails(byte[] body) => ReadFile(body, 2, new()) is not null;

    [Fact]
    public async Task Write_Numbers_AreNoFormulasAndAreReadAgain()
    {
        using var file = new MemoryStream();
        await OptOutCsv.WriteAsync(file, new[] { Page(Ada), Page(Bob) }.ToAsyncEnumerable(), default);

        var text = Encoding.UTF8.GetString(file.ToArray());
        Assert.Equal($"phone,since,source\r\ntel:{Ada},2026-03-10T12:00:00.000Z,text\r\ntel:{Bob},2026-03-10T12:00:00.000Z,text\r\n", text);
        Assert.DoesNotContain(text.Split(',', '\n'), cell => cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal));
        Assert.Equal([Ada, Bob], Read(text).Numbers);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("=CMD(), \"A1\"")]
    [InlineData("+1 555 a\nb")]
    public async Task Write_SenderThatIsNoNumber_IsNoFormulaAndIsReadAgain(string sender)
    {
        using var file = new MemoryStream();
        await OptOutCsv.WriteAsync(file, new[] { Page(sender) }.ToAsyncEnumerable(), default);

        var text = Encoding.UTF8.GetString(file.ToArray());
        Assert.StartsWith("phone,since,source\r\n\"sender:", text, StringComparison.Ordinal);
        Assert.Equal([sender], Read(text).Numbers);
    }

    [Fact]
    public async Task Read_CountryThatIsNotTheDefaultRegion_IsAskedAbout()
    {
        var (errors, fields) = (new FieldErrors(), new TextFields());
        fields.TryAdd("defaultRegion", "DE");

        await new OptOutImport(Options.Create(new OptOutOptions())).ReadFileAsync(new MemoryStream("phone,country\n0664 1234567,AT\n0170 1234567,DE\n"u8.ToArray()), new(), fields, errors, default);

        Assert.Equal(
            ["could be +496641234567 in DE, the defaultRegion, or +436641234567 in AT, the country that its entry names: write the one that is meant, with its +"], Assert.Single(errors.First, each => each.Key == "line 2").Value);
    }

    private static IReadOnlyList<OptOut> Page(string number) => [new(number, new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero), OptOutSource.Text)];

    private static (IReadOnlyList<string> Numbers, (string, string)[] Errors) Read(string csv)
    {
        var errors = new FieldErrors();
        var list = ReadFile(Encoding.UTF8.GetBytes(csv), csv.Contains("again", StringComparison.Ordinal) ? 3 : 2, errors);
        return (list.Unique, [.. errors.First.SelectMany(each => each.Value.Select(fault => (each.Key, fault)))]);
    }

    private static OptOutPhones ReadFile(byte[] file, int most, FieldErrors errors) => new OptOutImport(Options.Create(new OptOutOptions { MaxImport = most }))
        .ReadFileAsync(new MemoryStream(file), new(), new TextFields(), errors, default).GetAwaiter().GetResult();
}

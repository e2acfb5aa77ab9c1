using System.IO.Compression;
using System.Security;
using System.Text;
using BulkSms.Broadcasts.Requests;
using BulkSms.Tests.Lists;
using static BulkSms.Tests.Broadcasts.UploadReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Workbooks whose cells do not say what the sheet shows, and sheets with nearly the same name.</summary>
public sealed class DamagedSheetTests
{
    private const string Header = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>phone</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c></row>";

    [Theory]
    [InlineData("Guests 11", "Hi Bob")]
    [InlineData("Guests 1.1", "Hi Ada")]
    public async Task Read_SheetsOfNearlyOneName_TakesTheOneThatIsNamed(string sheet, string text) =>
        Assert.Equal(text, Assert.Single((await RequestOfAsync(TwoSheets, options: new(Sheet: sheet))).Request!.Recipients.Without(_ => false)).Text);

    [Fact]
    public async Task Read_SheetsOfNearlyOneName_AsksWhichOne() => Assert.Equal(
        ["recipients: has several sheets that may be meant by guests11: Guests 1.1, Guests 11. Write the name as it is"], (await RequestOfAsync(TwoSheets, options: new(Sheet: "guests11"))).Errors);

    [Theory]
    [InlineData("<f>C2</f>")]
    [InlineData("<f>C2</f><v/>")]
    [InlineData("<f t=\"shared\" si=\"0\"/><v></v>")]
    public async Task Read_FormulaThatWasNeverCalculated_IsNoMissingValue(string cell) => Assert.Equal(
        ["B2: is a formula without a result, as a program has written it: open the workbook in a spreadsheet, which calculates it, and save it"],
        (await RequestOfAsync(Workbooks.OfXml($"{Header}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>+15550001111</t></is></c><c r=\"B2\">{cell}</c></row>"), "Hi {{name|there}}")).Errors);

    [Fact]
    public async Task Read_RowOfFormulasThatWereNeverCalculated_IsNoBlankRow()
    {
        var (_, errors) = await RequestOfAsync(Workbooks.OfXml($"{Header}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>+15550001111</t></is></c></row><row r=\"3\"><c r=\"A3\"><f>Z3</f></c></row>"), "Hi");

        Assert.StartsWith("A3: \"=Z3\" is a formula without a result", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FormulaWhoseResultIsAnEmptyText_IsAMissingValue()
    {
        var (request, _) = await RequestOfAsync(
            Workbooks.OfXml($"{Header}<row r=\"2\"><c r=\"A2\" t=\"str\"><f>C2</f><v>+15550001111</v></c><c r=\"B2\" t=\"str\"><f>D2</f><v></v></c></row>"), "Hi {{name|there}}");

        Assert.Equal("Hi there", Assert.Single(request!.Recipients.Without(_ => false)).Text);
    }

    [Fact]
    public async Task Read_RowThatStandsTwice_IsRefused() => Assert.Equal(
        ["recipients: has a row or a cell twice, or out of its order: open it in a spreadsheet and save it again"],
        (await RequestOfAsync(Workbooks.OfXml($"{Header}{Row(2, "+15550001111")}{Row(2, "+15550002222")}"), "Hi")).Errors);

    [Theory]
    [InlineData(31, null)] // a date in East Asia, which is written nowhere
    [InlineData(57, null)]
    [InlineData(200, "[$-411]ge.m.d")]
    [InlineData(200, "TT.MM.JJJJ")]
    [InlineData(200, "\"Yes\";\"No\"")]
    [InlineData(200, ";;;")]
    [InlineData(200, "[=1]\"Mr\";[=2]\"Ms\";General")]
    [InlineData(200, "0.0,,\" M\"")]
    [InlineData(200, "#,##0,")]
    public async Task Read_NumberThatIsShownAsSomethingElse_IsRefused(int index, string? format) => Assert.Equal(
        ["B2: is shown by its format as something else than the number 45292: format the column name as text and write it as the text message should show it"],
        (await RequestOfAsync(Formatted(index, format))).Errors.Select(error => error.Replace("45292.0", "45292", StringComparison.Ordinal)));

    [Theory]
    [InlineData(0, null, "45292")]
    [InlineData(4, null, "45292.00")]
    [InlineData(44, null, "45292.00")]
    [InlineData(200, "0\" kg\"", "45292")]
    [InlineData(200, "#,##0.00 [$€-407]", "45292.00")]
    [InlineData(200, "_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-", "45292")]
    [InlineData(200, "[<=9999999]###-####;(###) ###-####", "45292")]
    [InlineData(200, "[Red]General;@", "45292")]
    public async Task Read_NumberThatIsShown_IsRead(int index, string? format, string text) =>
        Assert.Equal($"Hi {text}", Assert.Single((await RequestOfAsync(Formatted(index, format))).Request!.Recipients.Without(_ => false)).Text);

    private static byte[] TwoSheets => Workbooks.Of(("Guests 1.1", [["phone", "name"], ["+15550001111", "Ada"]]), ("Guests 11", [["phone", "name"], ["+15550002222", "Bob"]]));

    private static string Row(int number, string phone) => $"<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>{phone}</t></is></c></row>";

    // A workbook with a number in one format.
    private static byte[] Formatted(int index, string? format)
    {
        var own = format is null ? "" : $"<numFmts count=\"1\"><numFmt numFmtId=\"{index}\" formatCode=\"{SecurityElement.Escape(format)}\"/></numFmts>";
        using var file = new MemoryStream();
        file.Write(Workbooks.Of(["phone", "name"], ["+15550001111", Workbooks.Cell.Number("45292", 1)]));
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/styles.xml")!.Delete();
            using var part = zip.CreateEntry("xl/styles.xml").Open();
            part.Write(Encoding.UTF8.GetBytes($"<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{own}<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf/><xf numFmtId=\"{index}\"/></cellXfs></styleSheet>"));
        }

        return file.ToArray();
    }
}

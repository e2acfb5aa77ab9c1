using System.Text;
using BulkSms.Broadcasts.Requests;
using BulkSms.Recipients;
using BulkSms.Tests.Lists;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static BulkSms.Tests.Broadcasts.UploadReading;
using static BulkSms.Tests.Lists.Workbooks.Cell;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Workbooks as lists.</summary>
public sealed class SheetListTests
{
    private static readonly object?[] Header = ["Mobile", "Name"];

    [Fact]
    public async Task Read_Numbers_AreWhatTheirDigitsShow()
    {
        var file = Workbooks.Of(Header, [7400123456, 12.5], [], [Number("4.47400123457E+11"), Number("1234.5", 4)], [Number("7400123458", 2), Number("0.5", 5)], [Number("15551230001", 3), "Bob"]);

        var (request, errors) = await RequestOfAsync(file, rules: new NumberRules("GB"));

        Assert.Empty(errors);
        Assert.Equal(
            [("+447400123456", "Hi 12.5"), ("+447400123457", "Hi 1234.50"), ("+447400123458", "Hi 50%"), ("+15551230001", "Hi Bob")],
            request!.Recipients.Without(_ => false).Select(each => (each.To, each.Text!)));
    }

    [Fact]
    public async Task Read_CellsThatAreNoNumbersOrNoTexts_AreErrorsAtTheirCells()
    {
        var file = Workbooks.Of(Header, [Number("46352", 1), "Ada"], [Number("7400123456.5"), "Bob"], [Error("#N/A"), "Cy"], [new Workbooks.Cell("t=\"b\"", "<v>1</v>"), "Di"], ["+15551230001", Number("46352", 1)], ["+15551230002", Error("#REF!")], ["+15551230003"], ["12", "Flo"], ["+15551230004", "Gus", "x"], ["+15551230005", "NULL"]);

        var (_, errors) = await RequestOfAsync(file, "Hi {{name}}", rules: new NumberRules("GB"));

        Assert.Equal(["A2", "A3", "A4", "A5", "B6", "B7", "B8", "A9", "C10", "B11"], errors.Select(error => error.Split(':')[0]));
        Assert.Equal(["date", "decimal", "#N/A", "TRUE", "date", "#REF!", "no value", "short", "3 columns", "NULL"], errors.Zip(["date", "decimal", "#N/A", "TRUE", "date", "#REF!", "no value", "short", "3 columns", "NULL"], (error, word) => error.Contains(word, StringComparison.Ordinal) ? word : error));
    }

    [Theory]
    [InlineData(HiddenRows.Ask, "row 3: is hidden in the sheet, by a filter or by hand (rows 3, 5): set hiddenRows to skip to leave hidden rows out, or to include to text them too", 0)]
    [InlineData(HiddenRows.Skip, null, 2)]
    [InlineData(HiddenRows.Include, null, 4)]
    public async Task Read_HiddenRows_AreAskedAbout(HiddenRows hidden, string? error, int count)
    {
        var file = Workbooks.Of(Header, ["+15551230001", "A"], ["+15551230002", "B", Workbooks.Hidden], ["+15551230003", "C"], ["+15551230004", "D", Workbooks.Hidden]);

        var (request, errors) = await RequestOfAsync(file, options: new(Hidden: hidden));

        Assert.Equal(error is null ? [] : [error], errors);
        Assert.Equal(count, request?.Recipients.Unique.Count ?? 0);
    }

    [Fact]
    public async Task Read_RowHiddenAsLibreOfficeWritesIt_IsHidden()
    {
        var file = Workbooks.Of(Header, ["+15551230001", "A"], ["+15551230002", "B", Workbooks.HiddenByLibreOffice]);

        Assert.StartsWith("row 3: is hidden", Assert.Single((await RequestOfAsync(file)).Errors), StringComparison.Ordinal);
        Assert.Equal(["+15551230001"], (await RequestOfAsync(file, options: new(Hidden: HiddenRows.Skip))).Request!.Recipients.Unique);
    }

    // The sheet shows +44 7865123456, and 7865123456 alone is a number in Miami.
    [Fact]
    public async Task Read_NumberWhoseFormatAddsDigits_IsRefused()
    {
        var (_, errors) = await RequestOfAsync(Workbooks.Of(Header, [Number("7865123456", 6), "Ada"], ["+15551230002", Number("5", 6)]), rules: new NumberRules("US"));

        Assert.Equal(2, errors.Count);
        Assert.Contains("A2: is shown with digits that its format adds", errors[0], StringComparison.Ordinal);
        Assert.Contains("B3: is shown with digits that its format adds", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OtherSheetsThatAreShown_AreWarnedOf()
    {
        var (request, errors) = await RequestOfAsync(Workbooks.Of(("2023", [["phone"], ["+15551230001"]]), ("!Lookup", [["x"]]), ("2024", [["phone"], ["+15551230002"]])), "Hello");

        Assert.Empty(errors);
        Assert.Contains("the workbook also shows 2024.", Assert.Single(request!.Warnings!).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<row r=\"1048577\"><c r=\"A1048577\" t=\"inlineStr\"><is><t>+15551230001</t></is></c></row>")]
    [InlineData("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>{long}</t></is></c></row>")]
    [InlineData("<row r=\"2\">{cells}</row>")]
    public async Task Read_SheetBeyondWhatASpreadsheetHolds_IsRefused(string row)
    {
        var rows = row.Replace("{long}", new string('x', 40_000), StringComparison.Ordinal).Replace("{cells}", string.Concat(Enumerable.Repeat("<c r=\"A2\"/>", 20_000)), StringComparison.Ordinal);
        var file = Workbooks.OfXml("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>phone</t></is></c></row>" + rows);

        Assert.Contains("unpacks to far more", Assert.Single((await RequestOfAsync(file, "Hello")).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OldWorkbookWithADefault_DoesNotTakeAnEmptyCellForAMissingValue() => Assert.Contains(
        "or the error of a formula", Assert.Single((await RequestOfAsync(Workbooks.Old(["Mobile", "Name"], ["+15551230001", ""]), "You owe {{name|nothing}}")).Errors), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "+15551230001", null)]
    [InlineData("second sheet", "+15551230002", null)]
    [InlineData("Third", null, "recipients: has no sheet Third; its sheets are Lookup, First, Second Sheet")]
    public async Task Read_Sheet_IsTheFirstThatIsShownOrTheOneThatIsNamed(string? sheet, string? expected, string? error)
    {
        var file = Workbooks.Of(("!Lookup", [["x"]]), ("First", [["phone"], ["+15551230001"]]), ("Second Sheet", [["phone"], ["+15551230002"]]));

        var (request, errors) = await RequestOfAsync(file, "Hello", new(Sheet: sheet));

        Assert.Equal(error is null ? [] : [error], errors);
        Assert.Equal(expected, request?.Recipients.Unique[0]);
    }

    [Fact]
    public async Task Read_FirstSheetWithoutNumbers_NamesTheOthers() => Assert.EndsWith(
        "or name it by numberColumn. Or name another sheet by sheet: Guests",
        Assert.Single((await RequestOfAsync(Workbooks.Of(("Cover", [["Welcome"]]), ("Guests", [["phone"], ["+15551230001"]])), "Hello")).Errors), StringComparison.Ordinal);

    [Fact]
    public async Task Read_OldWorkbook_IsReadTheSameWay()
    {
        var (request, errors) = await RequestOfAsync(Workbooks.Old(["Mobile", "Name"], [15551230001.0, "Zoë"]), rules: new NumberRules("US"));

        Assert.Empty(errors);
        Assert.Equal([("+15551230001", "Hi Zoë")], request!.Recipients.Without(_ => false).Select(each => (each.To, each.Text!)));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(0.95)]
    public async Task Read_CutWorkbook_IsRefused(double part)
    {
        var file = Workbooks.Of(Header, ["+15551230001", "Ada"]);

        Assert.NotEmpty((await RequestOfAsync(file[..(int)(file.Length * part)])).Errors);
    }

    [Fact]
    public async Task Read_OtherOleFile_IsRefused()
    {
        byte[] file = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[2000]];

        Assert.Equal(["recipients: cannot be read as a workbook: open it in a spreadsheet and save it as .xlsx or CSV"], (await RequestOfAsync(file)).Errors);
    }

    [Property(MaxTest = 100)]
    public Property Read_AnyTable_IsReadFromASheetAsFromText() => Prop.ForAll(
        Arb.From(Gen.NonEmptyListOf(
            from i in Gen.Choose(0, 99)
            from name in Gen.Elements("a", "b c", "é", "=\"x\"", "'+y", "'tis", "", "NULL", "1,5")
            select new[] { $"+155512300{i:00}", name })),
        rows =>
        {
            var sheet = Workbooks.Of([Header, .. rows.Select(row => row.Cast<object?>().ToArray())]);
            var text = Encoding.UTF8.GetBytes("Mobile;Name\n" + string.Concat(rows.Select(row => $"{row[0]};\"{row[1].Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")));
            var (fromSheet, fromText) = (RequestOfAsync(sheet).GetAwaiter().GetResult(), RequestOfAsync(text).GetAwaiter().GetResult());
            return fromSheet.Errors.Count == fromText.Errors.Count
                && (fromSheet.Request is null || fromSheet.Request.Recipients.Without(_ => false).SequenceEqual(fromText.Request!.Recipients.Without(_ => false)));
        });
}

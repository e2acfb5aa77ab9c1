using System.Text;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using CsvHelper;
using FsCheck.Xunit;

namespace BulkSms.Tests.Api;

public sealed class ResultsCsvTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Example_OfTheContract_HasTheHeader()
    {
        var example = (string)ApiContract.Document["paths"]!["/api/v1/broadcasts/{id}/results.csv"]!["get"]!["responses"]!["200"]!["content"]!["text/csv"]!["examples"]!["delivered"]!["value"]!;

        Assert.Equal(string.Join(',', ResultColumns.Header(isFile: false, [])), example.Split("\r\n")[0]);
    }

    [Fact]
    public async Task Write_Recipients_AreRowsUnderAHeader()
    {
        var delivered = new RecipientView("+15551230001", RecipientStatus.Delivered, ProviderStatus.Read, null, 1, "SM1", null, null, At, null, At.AddSeconds(1), 2, null, "+1 555 123 0001", "A-17", new Dictionary<string, string> { ["name"] = "Ada" });
        var rejected = new RecipientView("+15551230002", RecipientStatus.Rejected, null, null, 8, null, 21614, "not a mobile, \"it\" says", null, null, At, 3, null, "tel:+15551230002");
        var waiting = new RecipientView("+15551230003", RecipientStatus.Pending, null, HeldFor.QuietHours, 0, null, null, null, null, At, At);

        Assert.Equal(
            """
            to,line,written,reference,status,providerStatus,heldFor,attempts,sid,code,reason,sentAt,dueAt,updatedAt,clicks,name
            tel:+15551230001,2,'+1 555 123 0001,A-17,delivered,read,,1,SM1,,,2026-03-10T12:00:00.000Z,,2026-03-10T12:00:01.000Z,,Ada
            tel:+15551230002,3,tel:+15551230002,,rejected,,,8,,21614,"not a mobile, ""it"" says",,,2026-03-10T12:00:00.000Z,,
            tel:+15551230003,,,,pending,,quietHours,0,,,,,2026-03-10T12:00:00.000Z,2026-03-10T12:00:00.000Z,,

            """,
            await WriteAsync(delivered, rejected, waiting),
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(null, false, "")]
    [InlineData(null, true, "0")]
    [InlineData(3, true, "3")]
    public async Task Write_Clicks_AreEmptyOnlyWhereThereAreNoShortLinks(int? clicks, bool hasShortLinks, string cell)
    {
        var recipient = new RecipientView("+15551230001", RecipientStatus.Delivered, ProviderStatus.Delivered, null, 1, "SM1", null, null, At, null, At) { Clicks = clicks };

        Assert.Equal(cell, Cells(await WriteAsync(hasShortLinks, recipient))[14]);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+1+2")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    public async Task Write_ReasonThatIsAFormula_IsText(string reason)
    {
        var file = await WriteAsync(new RecipientView("+15551230001", RecipientStatus.Rejected, null, null, 1, null, 30000, reason, null, null, At));

        Assert.Equal("'" + reason, Cells(file)[10]);
    }

    [Property]
    public bool Write_AnyReason_LeavesNoFormulaAndNoOtherCellChanged(string? reason)
    {
        var text = reason?.Replace("\0", "", StringComparison.Ordinal);
        var cells = Cells(WriteAsync(new RecipientView("+15551230001", "delivered", "delivered", null, 1, "SM1", 1, text, At, At, At)).GetAwaiter().GetResult());
        return cells.Count == 16 && cells[0] == "tel:+15551230001" && cells.All(cell => cell.Length == 0 || !"=+-@\t\r".Contains(cell[0], StringComparison.Ordinal));
    }

    private static Task<string> WriteAsync(params RecipientView[] recipients) => WriteAsync(false, recipients);

    private static async Task<string> WriteAsync(bool hasShortLinks, params RecipientView[] recipients)
    {
        using var file = new MemoryStream();
        await ResultsCsv.WriteAsync(file, isFile: true, ["name"], hasShortLinks, recipients.ToAsyncEnumerable());
        return Encoding.UTF8.GetString(file.ToArray());
    }

    // The cells of the first row under the header.
    private static List<string> Cells(string file)
    {
        using var csv = CsvReader.Create(Encoding.UTF8.GetBytes(file));
        csv.Read();
        return [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
    }
}

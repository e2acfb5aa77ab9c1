using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BulkSms.OptOuts;
using BulkSms.Tests.Infrastructure;
using BulkSms.Tests.Lists;
using static BulkSms.Tests.Infrastructure.Uploads;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Files as Excel and others write them, through the whole app.</summary>
public sealed class ListFileTests(AzuriteFixture azurite)
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Theory]
    [InlineData(OpenXml)]
    [InlineData("application/octet-stream")]
    [InlineData(Csv)]
    [InlineData(null)]
    public async Task Post_Workbook_TextsEachRecipientInIt(string? type)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var file = Workbooks.Of(("Cover", [["Welcome"]]), ("Guests", [["Mobile Number", "First Name"], [2015550123, "Zoë"], ["+15551230001", null]]));

        using var form = With(Form(("message", "Hi {{first name|there}}"), ("defaultRegion", "US"), ("sheet", "guests")), "recipients", file, type);
        var accepted = await AcceptedAsync(await app.Http.PostAsync(Route, form));

        Assert.Equal(2, accepted.RecipientsCount);
        Assert.Null(accepted.Warnings);
        Assert.Equal("Hi Zoë", (await app.RowAsync(accepted.BroadcastId, "+12015550123")).Text);
        Assert.Equal("Hi there", (await app.RowAsync(accepted.BroadcastId, "+15551230001")).Text);
    }

    [Fact]
    public async Task PostAndPreview_GuessedEncoding_WarnsInBothAnswers()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var file = Encoding.Latin1.GetBytes("Telefon;Name\r\n+15551230001;Zoë\r\n");

        using var posted = With(Form(Hi), "recipients", file, "application/vnd.ms-excel");
        using var previewed = With(Form(Hi), "recipients", file, "application/vnd.ms-excel");
        var accepted = await AcceptedAsync(await app.Http.PostAsync(Route, posted));
        using var preview = await app.Http.PostAsync($"{Route}/preview", previewed);

        var view = JsonSerializer.Deserialize(await preview.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!;
        Assert.Equal("line 2", Assert.Single(accepted.Warnings!).Place);
        Assert.Contains("Zoë", Assert.Single(view.Warnings!, warning => warning.Place == "line 2").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Zoë", app.Logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ImportOptOuts_Workbook_AddsItsNumbersHiddenOnesToo(bool isForm)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var file = Workbooks.Of(["Handy", "Name"], [15123456789, "Ada"], ["0151 23456780", "Bob", Workbooks.Hidden]);

        using HttpContent content = isForm ? With(Form(("defaultRegion", "DE")), "phones", file, OpenXml) : Typed(file, OpenXml);
        using var response = await app.Http.PostAsync(isForm ? "/api/v1/optouts" : "/api/v1/optouts?defaultRegion=DE", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.ImportView)!.Added);
        using var found = await app.LookUpOptOutAsync("+4915123456780");
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Theory]
    [InlineData("phones", "nonsense", "x", "nonsense")]
    [InlineData("file", "defaultRegion", "DE", "phones")]
    [InlineData("phones", "defaultRegion", "XX", "defaultRegion")]
    public async Task ImportOptOuts_FaultyForm_IsRefusedByItsField(string part, string field, string value, string path)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var form = With(Form((field, value)), part, "phone\n+15551230001\n"u8.ToArray(), Csv);
        using var response = await app.Http.PostAsync("/api/v1/optouts", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ProblemDocument.Json)!;
        Assert.Contains(path, problem.Errors!.Keys);
    }

    [Fact]
    public async Task ImportOptOuts_PartsAfterTheFile_AreRefusedAndNothingIsImported()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var form = With(With(Form(), "phones", "phone\n+15551230001\n"u8.ToArray(), Csv), "phones", "phone\n+15551230002\n"u8.ToArray(), Csv);
        using var response = await app.Http.PostAsync("/api/v1/optouts", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var found = await app.LookUpOptOutAsync("+15551230001");
        Assert.Equal(HttpStatusCode.NotFound, found.StatusCode);
    }

    [Fact]
    public async Task ImportOptOuts_UnknownNameInTheAddress_IsRefused()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var content = Typed("phone\n+15551230001\n"u8.ToArray(), Csv);
        using var response = await app.Http.PostAsync("/api/v1/optouts?sheetName=2024", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static MultipartFormDataContent With(MultipartFormDataContent form, string part, byte[] file, string? type)
    {
        form.Add(Typed(file, type), part, "list.dat");
        return form;
    }

    private static ByteArrayContent Typed(byte[] file, string? type)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }
}

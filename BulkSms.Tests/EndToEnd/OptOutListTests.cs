using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>The opt-out list as a caller with the function key sees and changes it.</summary>
public sealed class OptOutListTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Fact]
    public async Task Add_ThenLookUpThenRemove_StopsWhatWaitsAndIsTakenBack()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada, Bob);

        using var none = await app.LookUpOptOutAsync(Ada);
        using var added = await app.OptOutAsync(Ada);
        var first = await FoundAsync(app, Ada);
        using var again = await app.OptOutAsync(Ada);
        var second = await FoundAsync(app, Ada);
        var without = await app.BroadcastAsync("Hello", Ada);
        using var removed = await app.RemoveOptOutAsync(Ada);
        using var removedAgain = await app.RemoveOptOutAsync(Ada);
        using var gone = await app.LookUpOptOutAsync(Ada);
        var with = await app.BroadcastAsync("Hello", Ada);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound), (none.StatusCode, added.StatusCode, gone.StatusCode));
        Assert.Equal((new ImportView(1, 0, 0, 1), new ImportView(0, 1, 0, 0)), (await ViewAsync(added), await ViewAsync(again)));
        Assert.Equal((Ada, OptOutSource.Api), (first.Phone, first.Source));
        Assert.Equal(first, second);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (removed.StatusCode, removedAgain.StatusCode));
        Assert.Equal((1, 0), (without.OptedOut, with.OptedOut));
        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
        Assert.Equal(RecipientStatus.Pending, (await app.RowAsync(accepted.BroadcastId, Bob)).Status);
    }

    [Theory]
    [InlineData("""{"phone": "15551230001"}""", "$.phone")]
    [InlineData("""{"phone": "not-a-number"}""", "$.phone")]
    [InlineData("""{"phone": "\ud800"}""", "$.phone")]
    [InlineData("""{"phone": 15551230001}""", "$.phone")]
    [InlineData("""{"phone": null}""", "$.phone")]
    [InlineData("""{"phone": "+15551230001", "more": 1}""", "$")]
    [InlineData("""{"phones": ["+15551230001"]}""", "$")]
    [InlineData("""["+15551230001"]""", "$")]
    [InlineData("{}", "$")]
    [InlineData("""{"phone": "2015550123", "defaultRegion": "Nowhere"}""", "$.defaultRegion")]
    public async Task Phone_ThatIsNone_Is400NamingItsPath(string json, string path)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        foreach (var route in new[] { "lookup", "remove" })
        {
            using var response = await app.PostJsonAsync(json, $"/api/v1/optouts/{route}");
            var problem = await response.Content.ReadFromJsonAsync(ProblemDocument.Json);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal([path], problem!.Errors!.Keys);
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/optouts")]
    [InlineData("POST", "/api/v1/optouts")]
    [InlineData("GET", "/api/v1/optouts/export")]
    [InlineData("POST", "/api/v1/optouts/lookup")]
    [InlineData("POST", "/api/v1/optouts/remove")]
    public async Task Call_WithoutTheKey_Is401(string method, string path)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);
        using var request = new HttpRequestMessage(new(method), path);

        using var response = await stranger.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Cursor_OfAPage_HoldsNoNumberAndIsRefusedWhenAltered()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await ImportAsync(app, Json(TestApp.Numbers(3)));
        var page = (await app.Http.GetFromJsonAsync("/api/v1/optouts?limit=1", ApiJson.Default.OptOutPage))!;
        var bytes = Base64Url.DecodeFromChars(page.Next);

        Assert.DoesNotContain(page.OptOuts[0].Phone[1..], Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        foreach (var at in new[] { 0, 12, bytes.Length - 1 })
        {
            byte[] altered = [.. bytes];
            altered[at] ^= 1;
            using var refused = await app.Http.GetAsync($"/api/v1/optouts?cursor={Base64Url.EncodeToString(altered)}");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Import_ThenExportThenImportElsewhere_RoundTripsAndStopsWhatWaits()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var other = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var numbers = TestApp.Numbers(230);
        var accepted = await app.BroadcastAsync("Hello", [.. numbers[..40], Ada]);

        var first = await ImportAsync(app, Json([.. numbers, numbers[0]]));
        var repeat = await ImportAsync(app, Json(numbers));
        using var export = await app.Http.GetAsync("/api/v1/optouts/export");
        var csv = await export.Content.ReadAsStringAsync();
        var elsewhere = await ImportAsync(other, new StringContent(csv, Encoding.UTF8, "text/csv"));

        Assert.Equal(new ImportView(230, 0, 1, 40), first);
        Assert.Equal(new ImportView(0, 230, 0, 0), repeat);
        Assert.Equal(new ImportView(230, 0, 0, 0), elsewhere);
        Assert.Equal(("text/csv", "optouts.csv"), (export.Content.Headers.ContentType?.MediaType, export.Content.Headers.ContentDisposition?.FileName));
        Assert.Equal(numbers, await ListAsync(other, 1000));
        Assert.Equal((40, 1), ((await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.OptedOut], (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]));
        Assert.Equal(230, (await app.BroadcastAsync("Hello", [.. numbers, Ada])).OptedOut);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(1000)]
    public async Task List_PageByPage_IsEachOnceInOrder(int limit)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await ImportAsync(app, Json(TestApp.Numbers(40)));

        Assert.Equal(TestApp.Numbers(40), await ListAsync(app, limit));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=%2B15551230001")]
    [InlineData("cursor=KzE1NTUxMjMwMDAx")] // a number in Base64
    [InlineData("cursor=!")]
    public async Task List_BadParameter_Is400(string query)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.Http.GetAsync($"/api/v1/optouts?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("application/json", """{"phones": ["+15551230001", "555", 7]}""", "$.phones[1]", "$.phones[2]")]
    [InlineData("application/json", """{"phones": []}""", "$.phones")]
    [InlineData("application/json", """{"phones": ["+15551230001"], "more": 1}""", "$")]
    [InlineData("application/json", """["+15551230001"]""", "$")]
    [InlineData("text/csv", "phone\n+15551230001\n555\n\n+1\n", "line 3", "line 5")]
    [InlineData("text/csv", "+15551230001\n", "line 1")]
    public async Task Import_WithFaults_Is400WithAllOfThemAndAddsNone(string type, string body, params string[] paths)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.Http.PostAsync("/api/v1/optouts", new StringContent(body, Encoding.UTF8, type));
        var problem = await response.Content.ReadFromJsonAsync(ProblemDocument.Json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(paths, problem!.Errors!.Keys);
        Assert.Empty(await ListAsync(app, 10));
    }

    [Theory]
    [InlineData("text/html", "+15551230001", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "+15551230001", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"phones\": ", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"phones\": [\"\\ud800\"]}", HttpStatusCode.BadRequest)]
    [InlineData("text/csv", "phone\n+15551230001\n+15551230002\n+15551230003\n", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"phones": ["+15551230001", "+15551230002", "+15551230003"]}""", HttpStatusCode.BadRequest)]
    public async Task Import_ThatCannotBeTaken_IsRefused(string type, string body, HttpStatusCode status)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("OptOuts:MaxImport", "2"), new("OptOuts:MaxRequestBytes", "1024")], pumping: false);

        using var response = await app.Http.PostAsync("/api/v1/optouts", new StringContent(body, Encoding.UTF8, type));
        using var large = await app.Http.PostAsync("/api/v1/optouts", new StringContent(new string(' ', 1025), Encoding.UTF8, "application/json"));

        Assert.Equal((status, HttpStatusCode.RequestEntityTooLarge), (response.StatusCode, large.StatusCode));
        Assert.Empty(await ListAsync(app, 10));
    }

    private static async Task<OptOut> FoundAsync(TestApp app, string phone)
    {
        using var response = await app.LookUpOptOutAsync(phone);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.OptOut))!;
    }

    private static Task<ImportView?> ViewAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync(ApiJson.Default.ImportView);

    private static StringContent Json(IEnumerable<string> phones) =>
        new(System.Text.Json.JsonSerializer.Serialize(new { phones }), Encoding.UTF8, "application/json");

    private static async Task<ImportView> ImportAsync(TestApp app, HttpContent content)
    {
        using var response = await app.Http.PostAsync("/api/v1/optouts", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.ImportView))!;
    }

    private static async Task<List<string>> ListAsync(TestApp app, int limit)
    {
        var all = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = (await app.Http.GetFromJsonAsync($"/api/v1/optouts?limit={limit}&cursor={cursor}", ApiJson.Default.OptOutPage))!;
            Assert.True(page.OptOuts.Count <= limit);
            all.AddRange(page.OptOuts.Select(optOut => optOut.Phone));
            if ((cursor = page.Next) is null)
            {
                return all;
            }
        }
    }
}

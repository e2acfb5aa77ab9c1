using System.Net;
using System.Net.Http.Json;
using System.Text;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>The opt-out list as a caller with the function key sees and changes it.</summary>
public sealed class OptOutListTests(AzuriteFixture azurite)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Theory]
    [InlineData("%2B15551230001")]
    [InlineData("+15551230001")]
    public async Task Put_ThenGetThenDelete_StopsWhatWaitsAndIsTakenBack(string spelling)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada, Bob);
        var url = $"/api/v1/optouts/{spelling}";

        using var none = await app.Http.GetAsync(url);
        using var put = await app.Http.PutAsync(url, null);
        var first = await app.Http.GetFromJsonAsync(url, ApiJson.Default.OptOut);
        using var again = await app.Http.PutAsync(url, null);
        var second = await again.Content.ReadFromJsonAsync(ApiJson.Default.OptOut);
        var without = await app.BroadcastAsync("Hello", Ada);
        using var deleted = await app.Http.DeleteAsync(url);
        using var deletedAgain = await app.Http.DeleteAsync(url);
        using var gone = await app.Http.GetAsync(url);
        var with = await app.BroadcastAsync("Hello", Ada);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound), (none.StatusCode, put.StatusCode, gone.StatusCode));
        Assert.Equal((Ada, OptOutSource.Api), (first!.Phone, first.Source));
        Assert.Equal(first, second);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (deleted.StatusCode, deletedAgain.StatusCode));
        Assert.Equal((1, 0), (without.OptedOut, with.OptedOut));
        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
        Assert.Equal(RecipientStatus.Pending, (await app.RowAsync(accepted.BroadcastId, Bob)).Status);
    }

    [Theory]
    [InlineData("15551230001")]
    [InlineData("not-a-number")]
    [InlineData("%2B1%20555")]
    public async Task Phone_ThatIsNone_Is400ForEveryMethod(string phone)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, $"/api/v1/optouts/{phone}");
            using var response = await app.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/optouts")]
    [InlineData("POST", "/api/v1/optouts")]
    [InlineData("GET", "/api/v1/optouts/export")]
    [InlineData("GET", "/api/v1/optouts/+15551230001")]
    [InlineData("PUT", "/api/v1/optouts/+15551230001")]
    [InlineData("DELETE", "/api/v1/optouts/+15551230001")]
    public async Task Call_WithoutTheKey_Is401(string method, string path)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        using var stranger = new HttpClient { BaseAddress = app.Url };
        using var request = new HttpRequestMessage(new(method), path);

        using var response = await stranger.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Import_ThenExportThenImportElsewhere_RoundTripsAndStopsWhatWaits()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        await using var other = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
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
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        await ImportAsync(app, Json(TestApp.Numbers(40)));

        Assert.Equal(TestApp.Numbers(40), await ListAsync(app, limit));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=%2B15551230001")]
    public async Task List_BadParameter_Is400(string query)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

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
    public async Task Import_WithFaults_Is400WithAllOfThemAndAddsNobody(string type, string body, params string[] paths)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var response = await app.Http.PostAsync("/api/v1/optouts", new StringContent(body, Encoding.UTF8, type));
        var problem = await response.Content.ReadFromJsonAsync(ProblemDocument.Json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(paths, problem!.Errors!.Keys);
        Assert.Empty(await ListAsync(app, 10));
    }

    [Theory]
    [InlineData("text/plain", "+15551230001", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{\"phones\": ", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"phones\": [\"\\ud800\"]}", HttpStatusCode.BadRequest)]
    [InlineData("text/csv", "phone\n+15551230001\n+15551230002\n+15551230003\n", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"phones": ["+15551230001", "+15551230002", "+15551230003"]}""", HttpStatusCode.BadRequest)]
    public async Task Import_ThatCannotBeTaken_IsRefused(string type, string body, HttpStatusCode status)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("OptOuts:MaxImport", "2"), new("OptOuts:MaxRequestBytes", "1024")], pumping: false);

        using var response = await app.Http.PostAsync("/api/v1/optouts", new StringContent(body, Encoding.UTF8, type));
        using var large = await app.Http.PostAsync("/api/v1/optouts", new StringContent(new string(' ', 1025), Encoding.UTF8, "application/json"));

        Assert.Equal((status, HttpStatusCode.RequestEntityTooLarge), (response.StatusCode, large.StatusCode));
        Assert.Empty(await ListAsync(app, 10));
    }

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

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BulkSms.Retention.People;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using static BulkSms.Tests.Infrastructure.PersonScene;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What is stored of one person is told to them: all of it, and nothing of others.</summary>
public sealed class PersonExportTests
{
    [Fact]
    public async Task Export_OfWhomEveryStoreKnows_TellsAllOfItAndNothingOfOthers()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        var sent = await PersonalAsync(app, Eve);
        app.Clock.Advance(TimeSpan.FromSeconds(1)); // ids tell the time
        var file = await FileAsync(app);
        await app.CompletedAsync(sent);
        await KnowAsync(app, sent);

        var id = await StartAsync(app, "export", new { phone = "011 15 1234 5678", defaultRegion = "AR" });
        var job = await EndedAsync(app, id);
        using var response = await app.Http.GetAsync((string)job["resultUrl"]!);
        var text = await response.Content.ReadAsStringAsync();
        var result = JsonNode.Parse(text)!;

        Assert.Equal((HttpStatusCode.OK, "person.json"), (response.StatusCode, response.Content.Headers.ContentDisposition!.FileName));
        Assert.Equal([Ada, FormerAda], result["numbers"]!.AsArray().Select(each => (string)each!));
        var messages = result["messages"]!.AsArray();
        Assert.Equal([file, sent], messages.Select(each => (string)each!["broadcastId"]!));
        Assert.Equal((FormerAda, "Hello Lovelace", "delivered", "A-4711", "Lovelace"), (
            (string)messages[1]!["to"]!, (string)messages[1]!["text"]!, (string)messages[1]!["status"]!, (string)messages[1]!["reference"]!, (string)messages[1]!["data"]!["name"]!));
        Assert.NotNull((string?)messages[1]!["sid"]);
        Assert.Equal([("duplicate", true), ("invalid", false)], result["skipped"]!.AsArray().Select(each => ((string)each!["reason"]!, (bool)each["certain"]!)));
        Assert.Equal(2, result["poisonMessages"]!.AsArray().Count);
        Assert.Equal(["text", "api"], result["optOuts"]!.AsArray().Select(each => (string)each!["source"]!));
        Assert.Empty(result["reviews"]!.AsArray()); // the STOP has answered the question
        Assert.Equal(["Review", "OptOut"], result["receivedTexts"]!.AsArray().Select(each => (string)each!["asksFor"]!));
        Assert.Equal(30005, (int)Assert.Single(result["unreachable"]!.AsArray())!["code"]!);
        Assert.All(result["audit"]!.AsArray(), each => Assert.Equal(("exportPerson", false), ((string)each!["action"]!, (bool)each["certain"]!)));
        Assert.Equal("See you, Lovelace", (string)Assert.Single(result["replies"]!.AsArray())!["text"]!);
        Assert.Equal(2, (int)job["messages"]!);
        Assert.All(new[] { Bob, Eve, "B-1", "Bob", "Kilroy" }, other => Assert.DoesNotContain(other, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_BeforeFanOut_TellsWhatWaitsInTheList()
    {
        await using var app = await VirtualApp.StartAsync([.. Settings, new("Broadcasts:InlineRecipientLimit", "0")]);
        await PersonalAsync(app, Eve); // nothing runs the queue broadcast-expand, and the sweeper comes later

        var job = await StartAsync(app, "export", new { to = Ada });
        await app.Service<RunPersonJobs>().RunAsync(default);

        var message = Assert.Single((await ResultAsync(app, job))["messages"]!.AsArray())!;
        Assert.Equal(("pending", "Hello Lovelace"), ((string)message["status"]!, (string)message["text"]!));
    }

    [Fact]
    public async Task Export_Ended_KeepsNoNumberAndItsResultForADay()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await PersonalAsync(app);
        var id = await StartAsync(app, "export", new { phone = Ada });
        Assert.Equal(id, await StartAsync(app, "export", new { phone = FormerAda })); // while one runs it is the one
        using var early = await app.Http.GetAsync($"/api/v1/people/jobs/{id}/result");
        await EndedAsync(app, id);
        Assert.NotEqual(id, await StartAsync(app, "export", new { phone = Ada }));

        var row = (await app.Service<PersonJobs>().FindAsync(id, default))!;
        Assert.Equal((null, null, "+5491•••5678"), (row.Phone, row.Secret, row.Masked));
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        app.Clock.Advance(TimeSpan.FromHours(25));
        await app.Service<RunPersonJobs>().RunAsync(default);
        using var late = await app.Http.GetAsync($"/api/v1/people/jobs/{id}/result");
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Null((await JobAsync(app, id))["resultUrl"]);
    }

    [Fact]
    public async Task Export_OfAStranger_IsEmpty()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await PersonalAsync(app);

        var id = await StartAsync(app, "export", new { phone = Eve });
        await EndedAsync(app, id);

        Assert.All((await ResultAsync(app, id)).AsObject().Where(each => each.Value is JsonArray).Where(each => each.Key is not ("numbers" or "audit")), each => Assert.Empty(each.Value!.AsArray()));
    }

    [Theory]
    [InlineData("export", """{"phone": "0170 1234567"}""", "$.phone")]
    [InlineData("export", """{"to": "491701234567", "defaultRegion": "DE"}""", "$.to")]
    [InlineData("export", """{"phone": "+12015550101", "keepOptOut": true}""", "$.keepOptOut")]
    [InlineData("export", """{"phone": "+12015550101", "to": "+12015550101"}""", "$.phone")]
    [InlineData("export", """{}""", "$.phone")]
    [InlineData("erase", """{"phone": 1}""", "$.phone")]
    [InlineData("erase", """{"phone": "+12015550101", "keepOptOut": "no"}""", "$.keepOptOut")]
    [InlineData("erase", """{"phone": "+12015550101", "all": true}""", "$.all")]
    [InlineData("erase", """{"phone": "+12015550101", "defaultRegion": "XX"}""", "$.defaultRegion")]
    [InlineData("erase", """["+12015550101"]""", "$")]
    public async Task Request_WithAnError_IsNamedAtItsPlace(string what, string body, string path)
    {
        await using var app = await VirtualApp.StartAsync(Settings);

        using var response = await app.Http.PostAsync($"/api/v1/people/{what}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsObject();
        Assert.Contains(path, errors.Select(each => each.Key));
        if (body.Contains("491701234567", StringComparison.Ordinal))
        {
            Assert.Contains("+491701234567", errors.ToJsonString(ResultReadable), StringComparison.Ordinal); // both readings
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions ResultReadable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Job_OfNoKnownId_Is404()
    {
        await using var app = await VirtualApp.StartAsync(Settings);

        foreach (var path in new[] { "x", new string('0', 32), $"{new string('0', 32)}/result" })
        {
            using var response = await app.Http.GetAsync($"/api/v1/people/jobs/{path}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private static async Task<JsonNode> ResultAsync(VirtualApp app, string id) => JsonNode.Parse(await app.Http.GetStringAsync($"/api/v1/people/jobs/{id}/result"))!;
}

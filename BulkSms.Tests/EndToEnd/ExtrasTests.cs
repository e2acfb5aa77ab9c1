using System.Net;
using System.Net.Http.Json;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Messages that are more than a text: media, content templates, short links.</summary>
public sealed class ExtrasTests
{
    private const string Ada = "+12015550101";
    private const string Bob = "+12015550102";
    private const string Map = "https://example.com/map.png";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly string Content = $"HX{new string('1', 32)}";

    [Fact]
    public async Task Media_WithAPersonalText_IsSentWithEachOfThem()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await SendAsync(app, new { message = "Hi {{name}}", mediaUrls = new[] { Map, "https://example.com/menu.pdf" }, recipients = People() });

        var sent = app.Twilio.Messages.ToDictionary(message => message.To);
        Assert.Equal(("Hi Ada", "Hi Bob"), (sent[Ada].Body, sent[Bob].Body));
        Assert.All(sent.Values, message => Assert.Equal([Map, "https://example.com/menu.pdf"], message.Form["MediaUrl"].ToArray()));
        var view = await app.GetAsync(id);
        Assert.Equal(("completed", Map, "mediaUrls"), (view.Status, view.MediaUrls![0], view.Segments.UnknownBecause));
        Assert.Equal((null, 0m, "mediaUrls"), (view.CostSoFar.Total, view.CostSoFar.Known, view.CostSoFar.UnknownBecause));
        Assert.Equal(["US"], view.CostSoFar.UnknownCountries);
    }

    [Fact]
    public async Task Media_Alone_IsSentWithoutABodyAlsoLater()
    {
        await using var app = await VirtualApp.StartAsync();
        await SendAsync(app, new { mediaUrls = new[] { Map }, recipients = new[] { Ada }, sendAt = app.Clock.GetUtcNow().AddHours(2) }, hours: 5); // by a send job that only names its row

        var sent = Assert.Single(app.Twilio.Messages);
        Assert.False(sent.Form.ContainsKey("Body"));
        Assert.Equal(Map, sent.Form["MediaUrl"].ToString());
    }

    [Fact]
    public async Task Content_WithVariables_IsSentWithoutABody()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await SendAsync(app, new { contentSid = Content, contentVariables = new Dictionary<string, string> { ["1"] = "{{name}}", ["2"] = "ten" }, recipients = People() });

        var sent = app.Twilio.Messages.Single(message => message.To == Bob).Form;
        Assert.Equal((Content, """{"1":"Bob","2":"ten"}"""), (sent["ContentSid"].ToString(), sent["ContentVariables"].ToString()));
        Assert.False(sent.ContainsKey("Body") || sent.ContainsKey("SmartEncoded"));
        var view = await app.GetAsync(id);
        Assert.Equal((Content, "", "{{name}}", "contentSid"), (view.ContentSid, view.Message, view.ContentVariables!["1"], view.CostSoFar.UnknownBecause));
    }

    [Fact]
    public async Task ShortenUrls_WhenAskedFor_IsPassedOn()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await SendAsync(app, new { message = "See https://example.com/a/long/way", shortenUrls = true, recipients = new[] { Ada } });
        var plain = await SendAsync(app, new { message = "Plain", recipients = new[] { Bob } });

        Assert.Equal("true", app.Twilio.Messages.Single(message => message.To == Ada).Form["ShortenUrls"].ToString());
        Assert.False(app.Twilio.Messages.Single(message => message.To == Bob).Form.ContainsKey("ShortenUrls"));
        var view = await app.GetAsync(id);
        Assert.Equal((true, 1, "shortenUrls"), (view.ShortenUrls, view.Segments.PerMessage, view.CostSoFar.UnknownBecause)); // the text as it was written is counted
        Assert.Null((await app.GetAsync(plain)).ShortenUrls);
    }

    [Fact]
    public async Task Form_WithExtras_IsReadAsJsonIs()
    {
        await using var app = await VirtualApp.StartAsync();
        using var media = Uploads.WithFile(Uploads.Form(("message", "See"), ("mediaUrls", $"{Map}\nhttps://example.com/b"), ("shortenUrls", "true")), Uploads.Csv, $"phone\n{Ada}");
        using var content = Uploads.WithFile(Uploads.Form(("contentSid", Content), ("contentVariables", """{"1": "{{name}}"}""")), Uploads.Csv, $"phone,name\n{Bob},\"Bob \"\"B\"\"\"");
        await Uploads.AcceptedAsync(await app.Http.PostAsync(Uploads.Route, media));
        await Uploads.AcceptedAsync(await app.Http.PostAsync(Uploads.Route, content));
        await app.RunAsync(TimeSpan.FromMinutes(2), Step);

        var sent = app.Twilio.Messages.ToDictionary(message => message.To, message => message.Form);
        Assert.Equal(($"{Map},https://example.com/b", "true"), (sent[Ada]["MediaUrl"].ToString(), sent[Ada]["ShortenUrls"].ToString()));
        Assert.Equal("""{"1":"Bob \"B\""}""", sent[Bob]["ContentVariables"].ToString());
    }

    [Theory]
    [InlineData("mediaUrls")]
    [InlineData("contentSid")]
    [InlineData("shortenUrls")]
    public async Task Preview_OfAnUnknownPrice_IsNeverFree(string field)
    {
        await using var app = await VirtualApp.StartAsync();
        object body = field switch
        {
            "mediaUrls" => new { message = "Hi", mediaUrls = new[] { Map }, recipients = new[] { Ada }, maxCost = 100 },
            "contentSid" => new { contentSid = Content, contentVariables = new Dictionary<string, string> { ["1"] = "{{name}}" }, recipients = People(), maxCost = 100 },
            _ => new { message = "https://example.com", shortenUrls = true, recipients = new[] { Ada }, maxCost = 100 },
        };
        using var answer = await app.Http.PostAsJsonAsync("/api/v1/broadcasts/preview", body);
        var preview = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.PreviewView))!;
        using var refused = await app.Http.PostAsJsonAsync("/api/v1/broadcasts", body);

        Assert.Equal((null, false, field), (preview.Cost.Total, preview.Cost.WithinMaxCost, preview.Cost.UnknownBecause));
        Assert.Equal(field == "shortenUrls" ? null : field, preview.Segments.UnknownBecause);
        Assert.Equal((field == "contentSid" ? "Ada" : null, field == "contentSid"), (preview.Samples[0].ContentVariables?["1"], preview.Samples[0].Text is null));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"there is no price for messages with {field}", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfAContentTemplate_SendsOneRecipientsVariables()
    {
        await using var app = await VirtualApp.StartAsync();
        using var answer = await app.Http.PostAsJsonAsync(
            "/api/v1/broadcasts/test?row=1", new { contentSid = Content, contentVariables = new Dictionary<string, string> { ["1"] = "{{name}}" }, recipients = People(), testTo = "+12015550199" });
        await app.RunAsync(TimeSpan.FromMinutes(2), Step);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var sent = Assert.Single(app.Twilio.Messages);
        Assert.Equal(("+12015550199", """{"1":"Bob"}"""), (sent.To, sent.Form["ContentVariables"].ToString()));
    }

    [Fact]
    public async Task Erase_OfAnMms_ForgetsTheMediaAndThatItWasPricedAsAText()
    {
        await using var app = await VirtualApp.StartAsync([new("Retention:EraseAfter", "00:00:00")]);
        var id = await SendAsync(app, new { mediaUrls = new[] { Map }, recipients = new[] { Ada } });
        using var response = await app.Http.DeleteAsync($"/api/v1/broadcasts/{id}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var view = await app.GetAsync(id);
        Assert.Null(view.MediaUrls);
        Assert.Equal((null, "mediaUrls"), (view.CostSoFar.Total, view.CostSoFar.UnknownBecause));
        Assert.True((await app.Service<BroadcastStore>().FindAsync(id, default))!.IsMms);
    }

    private static object[] People() => [new { to = Ada, data = new { name = "Ada" } }, new { to = Bob, data = new { name = "Bob" } }];

    private static async Task<string> SendAsync(VirtualApp app, object body, int hours = 2)
    {
        var id = await app.BroadcastAsync(body);
        await app.RunAsync(TimeSpan.FromHours(hours), Step, async () => (await app.GetAsync(id)).Status == "completed");
        return id;
    }
}

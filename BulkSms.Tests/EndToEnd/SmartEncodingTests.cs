using System.Net;
using System.Text.Json;
using BulkSms.Estimates;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What the preview shows is what Twilio is asked to send, character by character. The numbers are libphonenumber's examples: no phone has them.</summary>
public sealed class SmartEncodingTests(MemoryFixture memory)
{
    private const string Path = "/api/v1/broadcasts/preview";
    private const string American = "+12015550123";
    private const string Other = "+12015550124";

    /// <summary>Seventy-one characters: two segments for the sake of one apostrophe.</summary>
    private static readonly string Long = "It’s " + new string('x', 66);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_Text_IsSentAsPreviewedAndTwilioReplacesNothing(bool smart)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var body = JsonSerializer.Serialize(new { message = "It’s Cafe\u0301 – now", smartEncoding = smart, recipients = new[] { American } });

        var preview = await PreviewAsync(app, body);
        var accepted = await app.BroadcastJsonAsync(body);
        await app.CompletedAsync(accepted.BroadcastId);

        var text = smart ? "It's Café - now" : "It’s Café – now";
        Assert.Equal(preview.Segments, accepted.Segments);
        Assert.Equal(smart ? "GSM-7" : "UCS-2", accepted.Segments.Encoding);
        Assert.Equal(text, (await app.GetAsync(accepted.BroadcastId)).Message);
        var sent = Assert.Single(app.Twilio.Messages.All);
        Assert.Equal((text, false), (sent.Body, sent.SmartEncoded));
        Assert.All(app.Twilio.Messages.Calls, call => Assert.Contains("&SmartEncoded=false&", call.RawForm, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_PersonalTextsFromAFile_AreFrozenFinished()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:SmartEncoding", "true")]);

        var file = $"to,name\n{American},“Ada”\n{Other},Rene\u0301\n";
        var id = (await Uploads.AcceptedAsync(await Uploads.PostAsync(app, Uploads.Csv, file, ("message", "It’s {{name}}…")))).BroadcastId;
        await app.CompletedAsync(id);

        string[] texts = ["It's \"Ada\"...", "It's René..."];
        Assert.Equal(texts, app.Twilio.Messages.All.OrderBy(message => message.To, StringComparer.Ordinal).Select(message => message.Body));
        Assert.Equal(texts, new[] { (await app.RowAsync(id, American)).Text, (await app.RowAsync(id, Other)).Text });
        Assert.All(app.Twilio.Messages.All, message => Assert.Equal(false, message.SmartEncoded));
    }

    [Fact]
    public async Task Preview_SmartEncoding_ShowsReplacementsAndBothCosts()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var preview = await PreviewAsync(app, JsonSerializer.Serialize(new { message = Long, smartEncoding = true, recipients = new[] { American, Other } }));

        var shown = preview.SmartEncoding!;
        Assert.Equal(new SegmentsView("GSM-7", 1, 2), preview.Segments);
        Assert.Empty(preview.Ucs2Characters);
        Assert.Equal((true, 0, (string?)null), (shown.Enabled, shown.UnchangedTexts, shown.Hint));
        Assert.Equal([new("U+2019", "’", "'", 1)], shown.Replacements);
        Assert.Equal((new SegmentsView("UCS-2", 2, 4), 0.0316m), (shown.Before.Segments, shown.Before.Cost.Total));
        Assert.Equal((new SegmentsView("GSM-7", 1, 2), 0.0158m), (shown.After.Segments, shown.After.Cost.Total));
    }

    [Fact]
    public async Task Preview_WithoutSmartEncoding_SaysWhatItWouldSave()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var saves = await PreviewAsync(app, JsonSerializer.Serialize(new { message = Long, recipients = new[] { American, Other } }));
        var not = await PreviewAsync(app, JsonSerializer.Serialize(new { message = Long + "😀", recipients = new[] { American } }));
        var gsm = await PreviewAsync(app, JsonSerializer.Serialize(new { message = "Hello", recipients = new[] { American } }));

        Assert.Equal(new SegmentsView("UCS-2", 2, 4), saves.Segments);
        Assert.Equal(["U+2019"], saves.Ucs2Characters);
        Assert.Equal((false, "With smartEncoding set to true it takes 2 segments instead of 4."), (saves.SmartEncoding!.Enabled, saves.SmartEncoding.Hint));
        Assert.Equal(new SegmentsView("GSM-7", 1, 2), saves.SmartEncoding.After.Segments);
        Assert.Equal(["U+2019", "U+1F600"], not.Ucs2Characters);
        Assert.Null(not.SmartEncoding);
        Assert.Null(gsm.SmartEncoding);
    }

    [Fact]
    public async Task Preview_PersonalTexts_CountsReplacementsInAll()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var preview = await PreviewAsync(app, $$$"""
            {"message": "It’s {{x}}", "smartEncoding": true, "recipients": [
                {"to": "{{{American}}}", "data": {"x": "“a”"}}, {"to": "{{{Other}}}", "data": {"x": "😀…{{{new string('x', 62)}}}"}}]}
            """);

        Assert.Equal([new("U+2019", "’", "'", 1), new("U+201C", "“", "\"", 1), new("U+201D", "”", "\"", 1)], preview.SmartEncoding!.Replacements);
        Assert.Equal(1, preview.SmartEncoding.UnchangedTexts); // one more segment for the ellipsis
        Assert.Equal(new SegmentsView("UCS-2", 1, 2), preview.Segments);
        Assert.Equal(["U+2019", "U+1F600", "U+2026"], preview.Ucs2Characters);
    }

    private static async Task<PreviewView> PreviewAsync(TestApp app, string json)
    {
        using var response = await app.PostJsonAsync(json, Path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!;
    }
}

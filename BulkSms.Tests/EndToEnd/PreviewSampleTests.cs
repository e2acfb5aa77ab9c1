using System.Net;
using System.Text.Json;
using BulkSms.Estimates;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Texts that a preview shows, and what it warns of in them. The numbers are libphonenumber's examples: no phone has them.</summary>
public sealed class PreviewSampleTests(MemoryFixture memory)
{
    private const string Path = "/api/v1/broadcasts/preview";
    private const string American = "+12015550123";
    private const string British = "+447400123456";

    private const string Personal = $$$"""
        {"message": "Hi {{name}}, reply STOP to opt out", "onInvalid": "skip", "recipients": [
          {"to": "{{{American}}}", "reference": "A-17", "data": {"name": "Jo"}},
          {"to": "+12015550124", "data": {"name": "Maximiliane"}},
          {"to": "{{{American}}}", "data": {"name": "Jo"}},
          {"to": "{{{British}}}", "data": {"name": "Bob"}},
          {"to": "+1 201 555 01O1", "data": {"name": "No"}}]}
        """;

    [Fact]
    public async Task Preview_WithoutRow_ShowsTheFirstTheLongestAndTheDearest()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var preview = await PreviewAsync(app, Personal);

        Assert.Equal(
            [("first", 0, "Hi Jo, reply STOP to opt out"), ("longest", 1, "Hi Maximiliane, reply STOP to opt out"), ("dearest", 3, "Hi Bob, reply STOP to opt out")],
            preview.Samples.Select(each => (Assert.Single(each.Chosen), each.Index!.Value, each.Text)));
        var first = preview.Samples[0];
        Assert.Equal((American, "A-17", 28, "GSM-7", 1, "US", 0.0079m), (first.To, first.Reference, first.Characters, first.Encoding, first.Segments, first.Country, first.Cost));
        Assert.Equal(("at once", preview.Drain.DueAt, preview.Drain.ExpiresAt), (first.Why, first.DueAt, first.ExpiresAt));
        Assert.Null(preview.Warnings);
    }

    [Fact]
    public async Task Preview_OneTextForAll_ShowsEachRecipientOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var preview = await PreviewAsync(app, $$"""{"message": "Hello", "recipients": ["{{American}}", "+12015550124"]}""");

        Assert.Equal(["first", "longest", "dearest"], Assert.Single(preview.Samples).Chosen);
    }

    [Fact]
    public async Task Preview_RowOfAFile_ShowsItsText()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var form = Uploads.WithFile(Uploads.Form(Uploads.Hi), Uploads.Csv, Uploads.TwoInCsv);

        using var response = await app.Http.PostAsync(Path + "?row=3", form);
        var sample = Assert.Single(JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!.Samples);

        Assert.Equal(("row", 3, null, "Hi Bob, jr."), (Assert.Single(sample.Chosen), sample.Line!.Value, sample.Index, sample.Text));
    }

    [Theory]
    [InlineData("row=2", "is no recipient: it names the phone of entry 0 again")]
    [InlineData("row=4", "is no recipient: it")]
    [InlineData("row=5", "is not in the list: name the index of an entry")]
    [InlineData("row=one", "must be the line of an entry in the file, or its index in JSON")]
    [InlineData("row=-1", "must be the line")]
    public async Task Preview_RowThatIsNoRecipient_SaysWhy(string query, string error)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync(Personal, $"{Path}?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ProblemDocument.Json)!;
        Assert.StartsWith(error, Assert.Single(problem.Errors!["row"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_RowThatHasOptedOut_SaysSinceWhen()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var optOut = await app.OptOutAsync(American);

        using var response = await app.PostJsonAsync($$"""{"message": "Hello", "recipients": ["{{American}}", "{{British}}"]}""", Path + "?row=0");

        Assert.Contains("it has opted out since 2", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_QuietHoursAndSchedule_SaysWhenAndWhy()
    {
        await using var app = await VirtualApp.StartAsync(); // it is noon in UTC
        const string quiet = "\"quietHours\": {\"from\": \"10:00\", \"to\": \"14:00\"},";

        var held = await SampleAsync(app, quiet, British);
        var free = await SampleAsync(app, quiet, "+4915123456789");
        var scheduled = await SampleAsync(app, "\"sendAt\": \"2026-03-11T09:00:00Z\",", British);

        Assert.Equal(("outside the quiet hours 10:00-14:00, by the clock of Europe/London", "14:00"), (held.Why, $"{held.DueAt:HH:mm}"));
        Assert.Equal(("outside the quiet hours 10:00-14:00, by the clock of Europe/Berlin", "13:00"), (free.Why, $"{free.DueAt:HH:mm}"));
        Assert.Equal(("as sendAt says", "09:00"), (scheduled.Why, $"{scheduled.DueAt:HH:mm}"));
    }

    [Theory]
    [InlineData("Hello", 1)]
    [InlineData("Hello from the clinic. Reply stop to opt out.", 0)]
    [InlineData("Our nonstop bus", 1)] // a part of a word is none
    [InlineData("Antwort STOP.", 0)]
    public async Task Preview_TextWithoutAWayToOptOut_IsWarnedOf(string message, int warnings)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var preview = await PreviewAsync(app, JsonSerializer.Serialize(new { message, recipients = new[] { American } }));

        Assert.Equal(warnings, preview.Warnings?.Count ?? 0);
        Assert.All(preview.Warnings ?? [], warning => Assert.Equal("$.message", warning.Place));
    }

    [Fact]
    public async Task Preview_ConfiguredPhrases_AreLookedForInEachText()
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [new("Broadcasts:SenderPhrases", "Elm Street Clinic;Dr. Smith"), new("Broadcasts:OptOutPhrases", "")], pumping: false);

        var preview = await PreviewAsync(app, $$$"""
            {"message": "{{doctor}} is ill", "recipients": [
              {"to": "{{{American}}}", "data": {"doctor": "Dr. Smith"}}, {"to": "{{{British}}}", "data": {"doctor": "Dr. Smithers"}}]}
            """);

        var warning = Assert.Single(preview.Warnings!);
        Assert.Equal("$.recipients[1]", warning.Place);
        Assert.Contains("Broadcasts:SenderPhrases", warning.Text, StringComparison.Ordinal);
    }

    private static async Task<SampleView> SampleAsync(VirtualApp app, string fields, string number)
    {
        using var body = new StringContent($$"""{"message": "Hello", {{fields}} "recipients": ["{{number}}"]}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await app.Http.PostAsync(Path, body);
        return Assert.Single(JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!.Samples);
    }

    private static async Task<PreviewView> PreviewAsync(TestApp app, string json)
    {
        using var response = await app.PostJsonAsync(json, Path);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize(body, ApiJson.Default.PreviewView)!;
    }
}

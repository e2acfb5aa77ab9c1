using System.Net;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A number that can be read in two ways is shown in both to the caller who wrote it, and to nothing else.</summary>
public sealed class NumberRefusalTests(MemoryFixture memory)
{
    private const string Written = "491701234567";
    private const string AreaCode = "+49491701234567";

    [Fact]
    public async Task Post_NumberWithTwoReadings_ShowsBothInTheAnswerAndNeitherInTheLogs()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var json = $$"""{"message": "Hello", "recipients": ["{{Written}}"], "defaultRegion": "de", "strict": true}""";

        HttpResponseMessage[] answers =
        [
            await app.PostJsonAsync(json),
            await app.PostJsonAsync(json, "/api/v1/broadcasts/preview"),
            await app.PostJsonAsync($$"""{"phones": ["{{Written}}"], "defaultRegion": "DE"}""", "/api/v1/optouts"),
            await Uploads.PostAsync(app, Uploads.Csv, $"to\n{Written}\n", Uploads.Hello, ("defaultRegion", "DE")),
            await Uploads.PostAsync(app, Uploads.Ndjson, $"\"{Written}\"\n", Uploads.Hello, ("defaultRegion", "DE")),
        ];

        foreach (var answer in answers)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains($"could be {AreaCode} or +{Written}", text, StringComparison.Ordinal);
            answer.Dispose();
        }

        Assert.DoesNotContain(Written, app.Logs.Text, StringComparison.Ordinal);
    }
}

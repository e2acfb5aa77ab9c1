using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A phone is found among the recipients of a broadcast, however it was written.</summary>
public sealed class LookUpRecipientTests(MemoryFixture memory)
{
    [Fact]
    public async Task LookUp_OneOfMany_FindsItAlone()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var numbers = TestApp.Numbers(2500); // three shards
        using var form = new MultipartFormDataContent { { new StringContent("Hello"), "message" }, { new StringContent("to\n" + string.Join('\n', numbers)), "recipients", "list.csv" } };
        using var response = await app.Http.PostAsync("/api/v1/broadcasts", form, TestContext.Current.CancellationToken);
        var accepted = (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView, TestContext.Current.CancellationToken))!;

        var found = Assert.Single((await Eventually.GetAsync(() => FoundAsync(app, accepted.BroadcastId, new { to = numbers[1234] }), page => page.Recipients.Count > 0)).Recipients);
        var other = await FoundAsync(app, accepted.BroadcastId, new { to = "+15559999999" });

        Assert.Equal(numbers[1234], found.To);
        Assert.Empty(other.Recipients);
    }

    [Theory]
    [InlineData("+5215512345678", "+525512345678")] // Mexico's former 1
    [InlineData("+525512345678", "+5215512345678")]
    [InlineData("+4915123456789", "0151 23456789")]
    public async Task LookUp_ByAnotherFormOfTheNumber_FindsThePhone(string written, string asked)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", written);

        var found = await FoundAsync(app, accepted.BroadcastId, asked.StartsWith('+') ? new { phone = asked } : new { to = asked, defaultRegion = "DE" });

        Assert.Equal(written, Assert.Single(found.Recipients).Written);
    }

    [Fact]
    public async Task LookUp_PhoneWithSeveralTexts_FindsAll()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastJsonAsync("""
            {"message": "Hello {{name}}", "onDuplicate": "each", "recipients": [{"to": "+15551230001", "data": {"name": "Ada"}}, {"to": "+15551230001", "data": {"name": "Bob"}}]}
            """);

        Assert.Equal(2, (await FoundAsync(app, accepted.BroadcastId, new { to = "+15551230001" })).Recipients.Count);
    }

    [Theory]
    [InlineData("fe5df2512d1b9b345c73c4829fd4", """{"to": "+15551230001"}""", HttpStatusCode.NotFound)]
    [InlineData("no-id", """{"to": "+15551230001"}""", HttpStatusCode.NotFound)]
    [InlineData("fe5df2512d1b9b345c73c4829fd4", """{"to": "1234"}""", HttpStatusCode.BadRequest)]
    [InlineData("fe5df2512d1b9b345c73c4829fd4", "{}", HttpStatusCode.BadRequest)]
    public async Task LookUp_OfWhatIsNot_IsRefused(string id, string body, HttpStatusCode status)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync(body, $"/api/v1/broadcasts/{id}/recipients/lookup");

        Assert.Equal(status, response.StatusCode);
    }

    private static async Task<RecipientPage> FoundAsync(TestApp app, string id, object phone)
    {
        using var response = await app.Http.PostAsJsonAsync($"/api/v1/broadcasts/{id}/recipients/lookup", phone, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.RecipientPage, TestContext.Current.CancellationToken))!;
    }
}

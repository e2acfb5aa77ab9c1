using System.Net;
using System.Net.Http.Json;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A number is called <c>to</c> where people are texted and <c>phone</c> where they opt out; each request takes both names, and one of them at a time.</summary>
public sealed class NumberNameTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";

    [Theory]
    [InlineData("/api/v1/broadcasts", """{"message": "Hello", "recipients": [{"to": "+15551230001"}]}""", HttpStatusCode.Accepted)]
    [InlineData("/api/v1/broadcasts", """{"message": "Hello", "recipients": [{"phone": "+15551230001"}]}""", HttpStatusCode.Accepted)]
    [InlineData("/api/v1/optouts/lookup", """{"phone": "+15551230001"}""", HttpStatusCode.OK)]
    [InlineData("/api/v1/optouts/lookup", """{"to": "+15551230001"}""", HttpStatusCode.OK)]
    [InlineData("/api/v1/optouts/remove", """{"to": "+15551230001"}""", HttpStatusCode.NoContent)]
    [InlineData("/api/v1/optouts/review", """{"to": "+15551230001", "decision": "dismiss"}""", HttpStatusCode.NotFound)] // nothing waits for a decision
    public async Task Number_ByEitherName_IsRead(string path, string body, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var added = await app.OptOutAsync(Ada);

        using var answer = await app.PostJsonAsync(body, path);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/broadcasts", """{"message": "Hello", "recipients": [{"to": "+15551230001", "phone": "+15551230002"}]}""", "$.recipients[0].phone")]
    [InlineData("/api/v1/broadcasts", """{"message": "Hello", "recipients": [{"phone": "x"}]}""", "$.recipients[0].to")]
    [InlineData("/api/v1/broadcasts", """{"message": "Hello", "recipients": [{}]}""", "$.recipients[0].to")]
    [InlineData("/api/v1/optouts/lookup", """{"to": "+15551230001", "phone": "+15551230001"}""", "$")]
    [InlineData("/api/v1/optouts/lookup", """{"to": "x"}""", "$.to")]
    [InlineData("/api/v1/optouts/review", """{"to": "+15551230001", "phone": "+15551230001", "decision": "dismiss"}""", "$.to")]
    public async Task Number_ByBothNamesOrNone_IsAnErrorAtItsPlace(string path, string body, string place)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var refused = await app.PostJsonAsync(body, path);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([place], (await refused.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Errors!.Keys);
    }
}

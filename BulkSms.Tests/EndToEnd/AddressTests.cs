using System.Net;
using System.Net.Http.Json;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Addresses that are refused before anything is read from them.</summary>
public sealed class AddressTests(MemoryFixture memory)
{
    [Theory]
    [InlineData("status=Sch%F6n", "status")]
    [InlineData("cursor=%", "cursor")]
    [InlineData("limit=1%2", "limit")]
    [InlineData("a=1&%zz=%zz", "query")]
    [InlineData("a=%C3%B6&b=%C3", "b")]
    public async Task Address_ThatIsNotEncoded_Is400NamingTheParameter(string query, string name)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var refused = await app.Http.GetAsync(new Uri($"{app.Url}api/v1/broadcasts?{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([name], (await refused.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Errors!.Keys);
    }

    [Theory]
    [InlineData("elsewhere.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.elsewhere.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:7071", HttpStatusCode.OK)]
    [InlineData("sms.example", HttpStatusCode.OK)] // as Twilio calls it
    public async Task LocalHost_ByAnotherName_IsRefused(string host, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Webhooks:PublicBaseUrl", "https://sms.example")], pumping: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/health");
        request.Headers.Host = host;

        using var response = await app.Http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }
}

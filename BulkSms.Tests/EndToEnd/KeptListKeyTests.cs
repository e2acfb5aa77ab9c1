using System.Net;
using System.Net.Http.Json;
using BulkSms.Broadcasts;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What is kept of recipients belongs to the request that an idempotency key stands for.</summary>
public sealed class KeptListKeyTests
{
    private const string Ada = "+12015550101";

    [Theory]
    [InlineData("A-17", "Ada", HttpStatusCode.Accepted)]
    [InlineData("A-18", "Ada", HttpStatusCode.Conflict)]
    [InlineData("A-17", "Eve", HttpStatusCode.Conflict)]
    public async Task RepeatUnderAKey_WithAnotherReferenceOrData_IsAnotherRequest(string reference, string name, HttpStatusCode expected)
    {
        await using var app = await VirtualApp.StartAsync();
        using var first = await KeyedAsync(app, "A-17", "Ada");

        using var repeat = await KeyedAsync(app, reference, name);

        Assert.Equal((HttpStatusCode.Accepted, expected), (first.StatusCode, repeat.StatusCode));
    }

    private static async Task<HttpResponseMessage> KeyedAsync(VirtualApp app, string reference, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts")
        {
            Content = JsonContent.Create(new { message = "Hello", recipients = new[] { new { to = Ada, reference, data = new { name } } } }),
        };
        request.Headers.Add(IdempotencyKey.Header, "key");
        return await app.Http.SendAsync(request);
    }
}

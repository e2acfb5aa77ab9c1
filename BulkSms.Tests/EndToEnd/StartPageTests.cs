using System.Net;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What a browser finds at <c>/</c>.</summary>
public sealed class StartPageTests(MemoryFixture memory)
{
    [Fact]
    public async Task Root_WithoutAKey_SaysWhereTheApiIs()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = new HttpClient { BaseAddress = app.Url };

        using var page = await stranger.GetAsync("/");
        using var head = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("POST /api/v1/broadcasts", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestApp.Key, await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }
}

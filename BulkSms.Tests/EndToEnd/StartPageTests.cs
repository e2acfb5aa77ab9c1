using System.Net;
using BulkSms.Tests.Infrastructure;
using BulkSms.WebConsole;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What a browser finds at <c>/</c> of a build without the console.</summary>
public sealed class StartPageTests(MemoryFixture memory)
{
    [Fact]
    public async Task Root_WithoutTheConsole_SaysWhereTheApiIs()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false, configure: builder => builder.Services.AddSingleton(new ConsoleFiles(typeof(StartPageTests).Assembly)));
        using var stranger = new HttpClient { BaseAddress = app.Url };

        using var page = await stranger.GetAsync("/");
        using var head = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        using var console = await stranger.GetAsync("/api/console/");

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("POST /api/v1/broadcasts", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestApp.Key, await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, console.StatusCode);
        Assert.Contains("Install Node.js", await console.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

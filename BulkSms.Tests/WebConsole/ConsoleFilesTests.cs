using System.IO.Compression;
using System.Net;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.WebConsole;

/// <summary>The console's files as a host serves them.</summary>
public sealed class ConsoleFilesTests(ConsoleFilesTests.SharedApp shared) : IClassFixture<ConsoleFilesTests.SharedApp>
{
    private const int MostOverTheWire = 100 * 1024;
    private static readonly string[] FirstView = ["", "app.js", "style.css", "icon.svg"];

    [Fact]
    public async Task Page_WithoutAKey_IsServedUnderAStrictPolicy()
    {
        using var http = Stranger();

        using var page = await http.GetAsync("/api/console/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/console")]
    public async Task Address_WithoutTheConsolesFolder_LeadsThere(string address)
    {
        using var http = Stranger();

        using var answer = await http.GetAsync(address);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/api/console/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task FirstView_Compressed_IsSmall()
    {
        using var http = Stranger();
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip"); // br is smaller
        var size = 0;
        foreach (var name in FirstView)
        {
            size += (await http.GetByteArrayAsync($"/api/console/{name}")).Length;
        }

        Assert.InRange(size, 1, MostOverTheWire);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("br;q=0")]
    public async Task File_InEachCoding_IsTheSameAndIsNotSentAgain(string coding)
    {
        using var http = Stranger();
        var plain = await http.GetStringAsync("/api/console/app.js");
        http.DefaultRequestHeaders.Add("Accept-Encoding", coding);

        using var answer = await http.GetAsync("/api/console/app.js");
        http.DefaultRequestHeaders.IfNoneMatch.Add(answer.Headers.ETag!);
        using var again = await http.GetAsync("/api/console/app.js");

        Assert.Equal(plain, await TextAsync(answer));
        Assert.Equal(coding.Contains(';', StringComparison.Ordinal) ? [] : [coding], answer.Content.Headers.ContentEncoding);
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/api/console/nothing.js")]
    [InlineData("/api/console/app.js.br")]
    [InlineData("/api/console/../../host.json")]
    public async Task File_ThatIsNone_IsNotFound(string address)
    {
        using var http = Stranger();

        using var answer = await http.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Licences_OfWhatIsInTheBundle_AreServed()
    {
        using var http = Stranger();

        Assert.Contains("preact", await http.GetStringAsync("/api/console/licences.txt"), StringComparison.Ordinal);
    }

    private HttpClient Stranger() => new(new HttpClientHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = shared.App!.Url };

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = answer.Content.Headers.ContentEncoding.FirstOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync();
    }

    /// <summary>An app for all of them: they only read.</summary>
    public sealed class SharedApp(MemoryFixture memory) : IAsyncLifetime
    {
        public TestApp? App { get; private set; }

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        public ValueTask DisposeAsync() => App!.DisposeAsync();
    }
}

using System.Net.Http.Json;
using System.Text;
using Azure.Core.Pipeline;
using BulkSms.Http;
using BulkSms.LocalHost;
using BulkSms.MemoryStorage;
using BulkSms.OptOuts;
using BulkSms.Storage;
using BulkSms.Twilio;

namespace BulkSms.Cases;

/// <summary>The whole app on storage in memory, at a time of the case's own. Nothing is sent: no queue trigger runs, and Twilio is nowhere.</summary>
public sealed class CaseApp : IAsyncDisposable
{
    private const string Key = "cases";
    private const string AuthToken = "00000000000000000000000000000000";
    private readonly LocalHostApp app;
    private readonly HttpClient http;

    private CaseApp(LocalHostApp app, CaseClock clock)
    {
        (this.app, Clock) = (app, clock);
        http = new HttpClient { BaseAddress = app.Url };
        http.DefaultRequestHeaders.Add(FunctionKey.Header, Key);
    }

    public CaseClock Clock { get; }

    /// <summary>The app's own services, for what no route shows.</summary>
    public IServiceProvider Services => app.Web.Services;

    /// <summary>Starts an app.</summary>
    /// <param name="now">What its clock shows.</param>
    public static async Task<CaseApp> StartAsync(DateTimeOffset now)
    {
        var clock = new CaseClock(now);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [StorageServices.Setting] = MemoryTransport.ConnectionString,
            [LocalHostApp.KeySetting] = Key,
            ["Twilio:AccountSid"] = "AC00000000000000000000000000000000",
            ["Twilio:AuthToken"] = AuthToken,
            ["Twilio:MessagingServiceSid"] = "MG00000000000000000000000000000000",
            ["Twilio:BaseUrl"] = "http://127.0.0.1:1/",
            ["Twilio:MessagingBaseUrl"] = "http://127.0.0.1:1/",
            ["Twilio:AccountsBaseUrl"] = "http://127.0.0.1:1/",
            ["Twilio:MonitorBaseUrl"] = "http://127.0.0.1:1/",
            ["Twilio:PricingBaseUrl"] = "http://127.0.0.1:1/",
        };
        var app = LocalHostApp.Build(0, settings, queues: null, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton<HttpPipelineTransport>(_ => new MemoryTransport(new MemoryAccount(clock), TimeSpan.Zero, TimeProvider.System));
        });
        await app.Web.StartAsync();
        await app.Web.Services.GetRequiredService<StorageSetup>().Ready;
        return new(app, clock);
    }

    /// <summary>A caller's request.</summary>
    public async Task<CaseAnswer> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await SendAsync(request);
    }

    /// <summary>A caller's form.</summary>
    public async Task<CaseAnswer> UploadAsync(string path, HttpContent form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        return await SendAsync(request);
    }

    /// <summary>A text to us, as Twilio tells it.</summary>
    public async Task<CaseAnswer> InboundAsync(string from, string text)
    {
        var path = $"/{Routes.Prefix}/{Routes.OptOutWebhook}";
        KeyValuePair<string, string>[] form = [new("Body", text), new("From", from), new("MessageSid", $"SM{Guid.NewGuid():N}")];
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TwilioSignature.Header, Convert.ToBase64String(TwilioSignature.Compute(AuthToken, new Uri(app.Url, path).AbsoluteUri, form)));
        return await SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.Web.StopAsync();
        await app.DisposeAsync();
    }

    private async Task<CaseAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
        return new((int)response.StatusCode, text);
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Simulator;

/// <summary>A bare caller of the Messages API, so that these tests depend on no sender of ours.</summary>
internal sealed class TwilioClient(TwilioServer server) : IDisposable
{
    public const string Text = "Your order is ready";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.BaseUrl };

    public string AuthToken { get; set; } = server.Options.AuthToken;

    public string Account { get; set; } = server.Options.AccountSid;

    /// <summary>Canceled when the caller gives up.</summary>
    public CancellationToken Patience { get; set; } = TestContext.Current.CancellationToken;

    public static Dictionary<string, string> Form(TwilioServer server, string to) => new()
    {
        ["To"] = to,
        ["Body"] = Text,
        ["MessagingServiceSid"] = server.Options.MessagingServiceSid,
    };

    public Task<Reply> CreateAsync(string to, params (string Name, string? Value)[] changes)
    {
        var form = Form(server, to);
        foreach (var (name, value) in changes)
        {
            form.Remove(name);
            if (value is not null)
            {
                form.Add(name, value);
            }
        }

        return PostAsync(Path("Messages.json"), new FormUrlEncodedContent(form));
    }

    public Task<Reply> PostAsync(string path, HttpContent content) => SendAsync(HttpMethod.Post, path, content);

    public Task<Reply> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, content: null);

    public Task<Reply> ListAsync(string query = "") => GetAsync(Path($"Messages.json{query}"));

    public Task<Reply> CancelAsync(string sid) =>
        PostAsync(Path($"Messages/{sid}.json"), new FormUrlEncodedContent([new("Status", "canceled")]));

    public string Path(string rest) => $"/2010-04-01/Accounts/{Account}/{rest}";

    public void Dispose() => _http.Dispose();

    private async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.Options.AccountSid}:{AuthToken}")));
        using var response = await _http.SendAsync(request, Patience);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.Delta);
    }
}

internal sealed record Reply(int Status, string Body, TimeSpan? RetryAfter)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public int Code => Json.GetProperty("code").GetInt32();

    public string? this[string property] => Json.GetProperty(property).ToString() is { Length: > 0 } text ? text : null;

    public string[] Sids => [.. Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("sid").GetString()!)];
}

namespace BulkSms.Tests.Client;

/// <summary>Answers in place of an app, and remembers what it was asked.</summary>
internal sealed class StubTransport(Func<int, HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly List<(string Method, Uri Address, string? Body, Dictionary<string, string> Headers)> asked = [];
    private readonly Lock gate = new();

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<(string Method, Uri Address, string? Body, Dictionary<string, string> Headers)> Asked
    {
        get
        {
            lock (gate)
            {
                return [.. asked];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var sent = new MemoryStream(); // as a connection does: what is buffered once would not be read anew
        await (request.Content?.CopyToAsync(sent, cancellationToken) ?? Task.CompletedTask);
        var body = request.Content is null ? null : System.Text.Encoding.UTF8.GetString(sent.ToArray());
        int number;
        lock (gate)
        {
            asked.Add((request.Method.Method, request.RequestUri!, body, request.Headers.ToDictionary(each => each.Key, each => string.Join(' ', each.Value), StringComparer.OrdinalIgnoreCase)));
            number = asked.Count;
        }

        return answer(number, request);
    }

    public static HttpResponseMessage Json(string json, int status = 200, string type = "application/json") =>
        new((System.Net.HttpStatusCode)status) { Content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue(type)) };
}

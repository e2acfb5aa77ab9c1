using System.Net.Http.Headers;
using System.Reflection;

namespace BulkSms.Client.Http;

/// <summary>One try: says who calls, and takes the whole answer, so that an answer that is cut is repeated, too.</summary>
internal sealed class CallerHandler(BulkSmsClientOptions options) : DelegatingHandler
{
    private const string KeyHeader = "x-functions-key";
    private static readonly ProductInfoHeaderValue Agent = new("BulkSms.Client", typeof(CallerHandler).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.UserAgent.Clear();
        request.Headers.UserAgent.Add(Agent);
        if (options.Key is { } key)
        {
            request.Headers.Remove(KeyHeader);
            request.Headers.Add(KeyHeader, key);
        }

        if (options.Token is { } token && await token(cancellationToken) is { } bearer)
        {
            request.Headers.Authorization = new("Bearer", bearer);
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (!(answer.IsSuccessStatusCode && request.Options.TryGetValue(HttpPipeline.Streamed, out _)))
        {
            await BufferAsync(answer, cancellationToken);
        }

        return answer;
    }

    private static async Task BufferAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(cancellation);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}

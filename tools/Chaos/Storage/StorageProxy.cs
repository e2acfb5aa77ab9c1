using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BulkSms.Chaos.Storage;

/// <summary>
/// Stands between the app and Azurite on ports of its own and breaks calls as it is told. Storage signs the path and the headers but not the host, so
/// calls pass unchanged.
/// </summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private static readonly string[] Services = ["Blob", "Queue", "Table"];
    private readonly WebApplication web;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
    private readonly Func<StorageCall, StorageFaultKind> decide;
    private readonly Dictionary<int, Uri> targets = [];

    private StorageProxy(WebApplication app, Func<StorageCall, StorageFaultKind> decide) => (web, this.decide) = (app, decide);

    /// <summary>The connection string that leads through the proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts a proxy.</summary>
    /// <param name="connectionString">Azurite's, with its three endpoints.</param>
    /// <param name="decide">Asked once a call; must be safe for many threads.</param>
    public static async Task<StorageProxy> StartAsync(string connectionString, Func<StorageCall, StorageFaultKind> decide)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var _ in Services)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        var app = builder.Build();
        var proxy = new StorageProxy(app, decide);
        app.Run(proxy.HandleAsync);
        await app.StartAsync();
        proxy.Route(connectionString);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        client.Dispose();
    }

    private void Route(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        foreach (var (service, url) in Services.Zip(web.Urls))
        {
            var target = new Uri(parts[service + "Endpoint"]);
            targets[new Uri(url).Port] = new Uri(target.GetLeftPart(UriPartial.Authority));
            parts[service + "Endpoint"] = url + target.AbsolutePath;
        }

        ConnectionString = string.Join(';', parts.Select(part => $"{part.Key}={part.Value}")) + ";";
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var call = StorageCall.Of(
            context.Request.Method, context.Request.Path, context.Request.QueryString.ToString(), System.Text.Encoding.UTF8.GetString(body.ToArray()));
        var fault = decide(call);
        if (fault is StorageFaultKind.CutBefore)
        {
            context.Abort();
            return;
        }

        if (fault is StorageFaultKind.BusyBefore)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var answer = await ForwardAsync(context, path, body.ToArray());
        switch (fault)
        {
            case StorageFaultKind.ApplyThenCut:
                context.Abort();
                break;
            case StorageFaultKind.ApplyThenBusy:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            default:
                await CopyAsync(answer, context);
                break;
        }
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(targets[context.Connection.LocalPort], path))
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        request.Headers.Host = null;
        request.Headers.TransferEncodingChunked = false;
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead);
    }

    private static async Task CopyAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive"))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
        {
            await answer.Content.CopyToAsync(context.Response.Body);
        }
    }
}

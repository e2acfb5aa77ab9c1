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
    private readonly Func<StorageCall, CallFault> decide;
    private readonly Action<StorageCall, HttpResponseMessage?> answered;
    private readonly Dictionary<int, Uri> targets = [];

    private StorageProxy(WebApplication app, Func<StorageCall, CallFault> decide, Action<StorageCall, HttpResponseMessage?> answered) =>
        (web, this.decide, this.answered) = (app, decide, answered);

    /// <summary>The connection string that leads through the proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts a proxy.</summary>
    /// <param name="connectionString">Azurite's, with its three endpoints.</param>
    /// <param name="decide">Asked once a call; must be safe for many threads.</param>
    /// <param name="answered">Told storage's own answer, whatever the caller gets to see; null when there was none. Must be safe for many threads.</param>
    public static async Task<StorageProxy> StartAsync(
        string connectionString, Func<StorageCall, CallFault> decide, Action<StorageCall, HttpResponseMessage?>? answered = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>(); // Ctrl+C is for the process around it
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var _ in Services)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        var app = builder.Build();
        var proxy = new StorageProxy(app, decide, answered ?? ((_, _) => { }));
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
        if (await ReadAsync(context) is not { } body)
        {
            return;
        }

        var request = context.Request;
        var call = StorageCall.Of(
            request.Method, request.Path, request.QueryString.ToString(), request.Headers.IfMatch.ToString(), System.Text.Encoding.UTF8.GetString(body));
        var fault = decide(call);
        await WaitAsync(fault, StorageFaultKind.DelayBefore);
        if (fault.Kind is StorageFaultKind.CutBefore or StorageFaultKind.BusyBefore)
        {
            Refuse(context, fault.Kind is StorageFaultKind.CutBefore);
            return;
        }

        using var answer = await ForwardAsync(context, call, body);
        await WaitAsync(fault, StorageFaultKind.DelayAfter);
        if (answer is null || fault.Kind is StorageFaultKind.ApplyThenCut or StorageFaultKind.ApplyThenBusy)
        {
            Refuse(context, fault.Kind is not StorageFaultKind.ApplyThenBusy);
            return;
        }

        await CopyAsync(answer, context);
    }

    // Null when the caller died before its request was here: storage never hears of it.
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            return body.ToArray();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static Task WaitAsync(CallFault fault, StorageFaultKind kind) =>
        fault.Kind == kind ? Task.Delay(fault.Delay, TimeProvider.System) : Task.CompletedTask;

    private static void Refuse(HttpContext context, bool cut)
    {
        if (cut)
        {
            context.Abort();
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task<HttpResponseMessage?> ForwardAsync(HttpContext context, StorageCall call, byte[] body)
    {
        HttpResponseMessage? answer = null;
        try
        {
            answer = await SendAsync(context, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // the connection behind the proxy broke: whether it was applied is not known
        }

        answered(call, answer);
        return answer;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context, byte[] body)
    {
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
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

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

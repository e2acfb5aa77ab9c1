using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BulkSms.MemoryStorage;

/// <summary>An account on a loopback port, for apps in other processes.</summary>
public sealed class MemoryStorageServer : IAsyncDisposable
{
    private readonly WebApplication web;

    private MemoryStorageServer(WebApplication web, MemoryAccount account) => (this.web, Account) = (web, account);

    public MemoryAccount Account { get; }

    public string ConnectionString => MemoryAccount.ConnectionString(
        new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/"));

    /// <summary>Starts it.</summary>
    /// <param name="latency">How long each call takes, besides the work.</param>
    /// <param name="time">The clock.</param>
    public static async Task<MemoryStorageServer> StartAsync(TimeSpan latency, TimeProvider time)
    {
        var account = new MemoryAccount(time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var web = builder.Build();
        web.Run(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await Task.Delay(latency, time);
            await WriteAsync(context.Response, account.Handle(Read(context.Request, body, out var call), call));
        });
        await web.StartAsync();
        return new(web, account);
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private static string Read(HttpRequest request, MemoryStream body, out StorageCall call)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget; // as it was written: the path itself is half decoded
        var (service, path) = StoragePath.Split(target.Split('?')[0]);
        call = new(
            request.Method, path, request.QueryString.Value ?? "", name => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null,
            body.GetBuffer().AsMemory(0, (int)body.Length));
        return service;
    }

    private static async Task WriteAsync(HttpResponse response, StorageReply reply)
    {
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        if (reply.Body.Length > 0)
        {
            response.ContentLength ??= reply.Body.Length;
            await response.Body.WriteAsync(reply.Body);
        }
    }
}

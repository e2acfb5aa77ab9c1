using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BulkSms.MemoryStorage;

/// <summary>Accounts on a loopback port, for apps in other processes and for tests: one that is always there, and as many more as are asked for.</summary>
public sealed class MemoryStorageServer : IAsyncDisposable
{
    private const char Separator = '-';
    private readonly WebApplication web;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, MemoryAccount> others = new(StringComparer.Ordinal);

    private MemoryStorageServer(WebApplication web, TimeProvider time) => (this.web, this.time, Account) = (web, time, new(time));

    public MemoryAccount Account { get; }

    public string ConnectionString => MemoryAccount.ConnectionString(Root);

    private Uri Root => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>Opens one more account, an empty one.</summary>
    /// <returns>Its connection string.</returns>
    public string NewAccount()
    {
        var name = Guid.NewGuid().ToString("N");
        others[name] = new(time);
        return MemoryAccount.ConnectionString(Root, Separator + name);
    }

    /// <summary>Starts it.</summary>
    /// <param name="latency">How long each call takes, besides the work.</param>
    /// <param name="time">The clock.</param>
    public static async Task<MemoryStorageServer> StartAsync(TimeSpan latency, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var web = builder.Build();
        var server = new MemoryStorageServer(web, time);
        web.Run(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await Task.Delay(latency, time);
            await WriteAsync(context.Response, server.Handle(Read(context.Request, body, out var call), call));
        });
        await web.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private StorageReply Handle(string service, StorageCall call)
    {
        var end = service.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0 ? Account.Handle(service, call)
            : others.TryGetValue(service[(end + 1)..], out var other) ? other.Handle(service.AsSpan(0, end), call)
            : StorageReply.Error("other", StatusCodes.Status404NotFound, "ResourceNotFound");
    }

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

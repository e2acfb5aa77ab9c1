using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BulkSms.FunctionsHostSimulator;

/// <summary>What the Functions host is to its worker: it reads the metadata, loads the functions, invokes them, and passes HTTP requests on to them.</summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    /// <summary>In each answer: the function that gave it.</summary>
    public const string FunctionHeader = "x-host-function";

    /// <summary>In each answer: what the worker said of the invocation.</summary>
    public const string OutcomeHeader = "x-host-outcome";

    /// <summary>An invocation's outcome where the host takes it as done.</summary>
    public const string Success = "Success";

    /// <summary>How an invocation's outcome begins where the host repeats a queue message.</summary>
    public const string Failure = "Failure";

    private readonly WebApplication web;
    private readonly WorkerStream stream;
    private readonly HttpClient http = new();
    private Uri? worker;

    private FunctionsHost(WebApplication web, WorkerStream stream) => (this.web, this.stream) = (web, stream);

    /// <summary>Where the worker calls.</summary>
    public Uri GrpcUrl => Address(0);

    /// <summary>Where callers and Twilio call.</summary>
    public Uri Url => Address(1);

    /// <summary>The host's own step of what it invokes from now on (W3C); null: it tells none.</summary>
    public string? TraceParent { get; set; }

    /// <summary>The functions of the worker's metadata.</summary>
    public IReadOnlyList<HostedFunction> Functions { get; private set; } = [];

    /// <summary>Starts one, which waits for its worker.</summary>
    /// <param name="received">Is given each message of the worker, in order: answers, and the logs that the host would write.</param>
    public static async Task<FunctionsHost> StartAsync(Action<JsonObject>? received = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null; // the worker may be silent
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var web = builder.Build();
        var host = new FunctionsHost(web, new(received));
        web.MapPost(WorkerStream.Route, host.stream.ServeAsync);
        web.MapFallback("{**path}", host.ForwardAsync);
        await web.StartAsync();
        return host;
    }

    /// <summary>Greets the worker and loads its functions, as the host does once it has started it.</summary>
    /// <param name="folder">The app's.</param>
    /// <exception cref="InvalidOperationException">The worker does not load a function.</exception>
    public async Task ConnectAsync(string folder)
    {
        await stream.Started;
        var greeted = await stream.AskAsync("workerInitRequest", new() { ["hostVersion"] = "4.1046.100", ["workerDirectory"] = folder, ["functionAppDirectory"] = folder });
        worker = new((string)greeted["workerInitResponse"]!["capabilities"]!["HttpUri"]!);
        var found = await stream.AskAsync("functionsMetadataRequest", new() { ["functionAppDirectory"] = folder });
        var functions = found["functionMetadataResponse"]!["functionMetadataResults"]!.AsArray();
        foreach (var function in functions)
        {
            var loaded = await stream.AskAsync("functionLoadRequest", new() { ["functionId"] = (string)function!["functionId"]!, ["metadata"] = function.DeepClone() });
            if (Outcome(loaded["functionLoadResponse"]!) is var outcome and not Success)
            {
                throw new InvalidOperationException($"{(string?)function["name"]}: {outcome}");
            }
        }

        Functions = [.. functions.Select(function => HostedFunction.Read(function!))];
    }

    /// <summary>Invokes a function that is no HTTP trigger.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">What the trigger gives it, as TypedData.</param>
    /// <returns>The worker's word for the outcome.</returns>
    public Task<string> InvokeAsync(string name, JsonObject data) =>
        InvokeAsync(Find(name), Guid.NewGuid().ToString(), data, []);

    /// <summary>Invokes a queue trigger.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="message">The message, decoded.</param>
    /// <returns>The worker's word for the outcome.</returns>
    public Task<string> DeliverAsync(string name, QueueMessage message)
    {
        var function = Find(name);
        return InvokeAsync(function, Guid.NewGuid().ToString(), QueueInvocation.Data(message, function.TakesWholeMessage), QueueInvocation.Metadata(message));
    }

    /// <summary>Asks the worker to end by itself.</summary>
    public void Terminate() => stream.Tell("workerTerminate", new() { ["gracePeriod"] = "5s" });

    public async ValueTask DisposeAsync()
    {
        stream.End();
        http.Dispose();
        await web.DisposeAsync();
    }

    private HostedFunction Find(string name) => Functions.Single(function => function.Name == name);

    private async Task<string> InvokeAsync(HostedFunction function, string id, JsonObject data, JsonObject metadata)
    {
        var answer = await stream.AskAsync("invocationRequest", new()
        {
            ["invocationId"] = id,
            ["functionId"] = function.Id,
            ["inputData"] = new JsonArray(new JsonObject { ["name"] = function.Parameter, ["data"] = data }),
            ["triggerMetadata"] = metadata,
            ["traceContext"] = TraceParent is null ? [] : new JsonObject { ["traceParent"] = TraceParent },
        });
        return Outcome(answer["invocationResponse"]!);
    }

    // The host sends the request to the worker's own address, under the invocation's id, and the invocation without it over the stream.
    private async Task ForwardAsync(HttpContext context)
    {
        if (HostedFunction.Find(Functions, context.Request.Method, context.Request.Path) is not var (function, values))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var id = Guid.NewGuid().ToString();
        var metadata = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)new JsonObject { ["string"] = (string)value.Value! })));
        var invoking = InvokeAsync(function, id, new() { ["http"] = new JsonObject() }, metadata);
        using var request = Copy(context.Request, new Uri(worker!, context.Request.Path + context.Request.QueryString));
        request.Headers.Add("x-ms-invocation-id", id);
        if (TraceParent is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", TraceParent);
        }

        using var answer = await http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = value.ToArray();
        }

        context.Response.Headers[FunctionHeader] = function.Name;
        context.Response.Headers[OutcomeHeader] = await invoking;
        if (await answer.Content.ReadAsByteArrayAsync() is { Length: > 0 } body) // a 204 has none, and may not have one
        {
            await context.Response.Body.WriteAsync(body);
        }
    }

    private static HttpRequestMessage Copy(HttpRequest from, Uri address)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), address);
        if (from.ContentType is not null)
        {
            request.Content = new StreamContent(from.Body);
        }

        foreach (var (name, value) in from.Headers.Where(header => header.Key is not ("Host" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, [.. value]))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, [.. value]);
            }
        }

        return request;
    }

    private static string Outcome(JsonNode response) => response["result"]!.AsObject() is var result && (string)result["status"]! is Success
        ? Success
        : $"{Failure}: {result["exception"]?["message"]}";

    private Uri Address(int index) => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(index));
}

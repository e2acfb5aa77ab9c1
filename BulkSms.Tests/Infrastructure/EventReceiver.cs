using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StandardWebhooks;

namespace BulkSms.Tests.Infrastructure;

/// <summary>A customer's system that is told of events: it takes them, or misbehaves as a test says.</summary>
public sealed class EventReceiver : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<ReceivedEvents> received = [];

    private EventReceiver(WebApplication web) => this.web = web;

    /// <summary>What becomes of a request. It must be safe for many threads.</summary>
    public Func<ReceivedEvents, ReceiverAnswer> Next { get; set; } = _ => ReceiverAnswer.Taken;

    public string Url { get; private set; } = "";

    /// <summary>Every request that came, taken or not.</summary>
    public IReadOnlyList<ReceivedEvents> Requests => [.. received];

    /// <summary>The events of the requests that were taken.</summary>
    public IReadOnlyList<JsonElement> Events => [.. received.Where(each => each.IsTaken).SelectMany(each => each.Events)];

    public static async Task<EventReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new EventReceiver(builder.Build());
        receiver.web.Run(receiver.TakeAsync);
        await receiver.web.StartAsync();
        receiver.Url = receiver.web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hooks";
        return receiver;
    }

    /// <summary>The events of a type that were taken, each once: what is told again has the same id.</summary>
    public IReadOnlyList<JsonElement> Of(string type) =>
        [.. Events.Where(each => each.GetProperty("type").GetString() == type).DistinctBy(each => each.GetProperty("id").GetString(), StringComparer.Ordinal)];

    /// <summary>Waits until so many events of a type were taken.</summary>
    public Task<IReadOnlyList<JsonElement>> OfAsync(string type, int count) => Eventually.GetAsync(() => Task.FromResult(Of(type)), events => events.Count >= count);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await web.StopAsync(now.Token); // what hangs is not waited for
        await web.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var request = new ReceivedEvents(http.Request.Path, http.Request.Headers.ToDictionary(each => each.Key.ToLowerInvariant(), each => each.Value.ToString()), body.ToArray());
        var answer = Next(request);
        received.Enqueue(request with { IsTaken = answer is ReceiverAnswer.Taken });
        switch (answer)
        {
            case ReceiverAnswer.Cut:
                http.Abort();
                break;
            case ReceiverAnswer.Slow:
                await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
                break;
            case ReceiverAnswer.Redirect:
                http.Response.Redirect("/elsewhere");
                break;
            default:
                http.Response.StatusCode = (int)answer;
                break;
        }
    }
}

/// <summary>What a receiver does.</summary>
public enum ReceiverAnswer
{
    Taken = 204,
    Refused = 500,
    Gone = 410,
    Busy = 503,
    Redirect = 1,
    Cut = 2,
    Slow = 3,
}

/// <summary>A request that a receiver got.</summary>
public sealed record ReceivedEvents(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public bool IsTaken { get; init; }

    public string Id => Headers["webhook-id"];

    public string Text => Encoding.UTF8.GetString(Body);

    public IReadOnlyList<JsonElement> Events => JsonElement.Parse(Body) is { ValueKind: JsonValueKind.Array } batch ? [.. batch.EnumerateArray()] : [JsonElement.Parse(Body)];

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture));

    /// <summary>Whether its signature fits a secret, by another implementation of Standard Webhooks than ours.</summary>
    public bool IsSignedBy(string secret)
    {
        try
        {
            new StandardWebhook(secret).Verify(Text, new HeaderDictionary(Headers.ToDictionary(each => each.Key, each => new Microsoft.Extensions.Primitives.StringValues(each.Value))));
            return true;
        }
        catch (Exception e) when (e.GetType().Namespace!.StartsWith(nameof(StandardWebhooks), StringComparison.Ordinal))
        {
            return false;
        }
    }
}

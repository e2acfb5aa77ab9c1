using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BulkSms.Chaos.Hosts;
using BulkSms.Chaos.Invariants;
using BulkSms.Events;
using BulkSms.Outbox;

namespace BulkSms.Chaos.Events;

/// <summary>A customer's system that is told of events, and fails at random: it refuses, cuts the connection before or after it has taken them, hangs, or sends the caller elsewhere.</summary>
public sealed class EventTaker : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Random random;
    private readonly Lock @lock = new();
    private readonly ConcurrentQueue<ToldRecipient> told = [];
    private double failures;

    private EventTaker(WebApplication web, Random random) => (this.web, this.random) = (web, random);

    /// <summary>What was taken.</summary>
    public IReadOnlyList<ToldRecipient> Told => [.. told];

    public static async Task<EventTaker> StartAsync(int port, Random random)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var taker = new EventTaker(builder.Build(), random);
        taker.web.Run(taker.TakeAsync);
        await taker.web.StartAsync();
        return taker;
    }

    /// <summary>Makes itself known to the hosts.</summary>
    public static async Task RegisterAsync(HostProcess host, int port)
    {
        using var answer = await host.Http.PutAsJsonAsync("/api/v1/event-endpoints/chaos", new { url = $"http://127.0.0.1:{port}/", types = new[] { EventTypes.RecipientFinished, EventTypes.BroadcastCompleted } });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>From now on so many requests fail, from 0 to 1.</summary>
    public void Fail(double share) => Volatile.Write(ref failures, share);

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
        switch (Draw())
        {
            case 0:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case 1:
                http.Abort();
                break;
            case 2:
                Take(body.ToArray());
                http.Abort(); // it has them, and the caller does not know
                break;
            case 3:
                await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
                break;
            case 4:
                http.Response.Redirect("/");
                break;
            default:
                Take(body.ToArray());
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
        }
    }

    private int Draw()
    {
        lock (@lock)
        {
            return random.NextDouble() < Volatile.Read(ref failures) ? random.Next(5) : -1;
        }
    }

    private void Take(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var each in document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToArray() : [document.RootElement])
        {
            if (each.GetProperty("type").GetString() == EventTypes.RecipientFinished)
            {
                var data = each.GetProperty("data");
                told.Enqueue(new(Text(data, "broadcastId"), Text(data, "recipientId"), Text(data, "to"), Text(data, "status"), long.Parse(Text(each, "sequence"), System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;

namespace BulkSms.Tests.Simulator;

internal sealed record ReceivedCallback(string PathAndQuery, string RawBody, string? Signature, string? IdempotencyToken)
{
    public string? this[string name] => HttpUtility.ParseQueryString(RawBody)[name];

    public IEnumerable<KeyValuePair<string, string>> Parameters =>
        RawBody.Split('&').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(Decode(pair[0]), Decode(pair[1])));

    private static string Decode(string text) => HttpUtility.UrlDecode(text, Encoding.UTF8);
}

/// <summary>A webhook that keeps what it is sent. On HttpListener: nothing in common with the simulator.</summary>
internal sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    private CallbackReceiver(HttpListener listener, int port)
    {
        (_listener, Port) = (listener, port);
        _loop = LoopAsync();
    }

    public int Port { get; }

    public ConcurrentQueue<ReceivedCallback> Received { get; } = new();

    /// <summary>The status of the next answers, then 204 for good.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public IEnumerable<string?> Statuses => Received.Select(callback => callback["MessageStatus"]);

    public static CallbackReceiver Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return new CallbackReceiver(listener, port);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close();
            }
        }
    }

    public string Url(string rest = "status") => $"http://127.0.0.1:{Port}/{rest}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _listener.Close(); // last: a wait for a call that begins while it closes never ends
        _stopping.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync().WaitAsync(_stopping.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // Closed by the test.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        Received.Enqueue(new ReceivedCallback(
            context.Request.RawUrl!, await reader.ReadToEndAsync(), context.Request.Headers["X-Twilio-Signature"],
            context.Request.Headers["I-Twilio-Idempotency-Token"]));
        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : 204;
        context.Response.Close();
    }
}

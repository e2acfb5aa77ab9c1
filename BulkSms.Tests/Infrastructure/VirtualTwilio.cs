using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Twilio in this process, at a test's own time: it takes messages, lists them and tells each, or is away.</summary>
public sealed partial class VirtualTwilio(TimeProvider time) : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Message> messages = new(StringComparer.Ordinal);
    private int calls;

    /// <summary>What becomes of the next call to send.</summary>
    public Func<string, Behaviour> Next { get; set; } = _ => Behaviour.Accept;

    /// <summary>What Twilio says of every message that is asked for.</summary>
    public string Status { get; set; } = "delivered";

    /// <summary>What it puts before the numbers of what it takes, such as <c>rcs:</c>: the channel that it has chosen.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Messages that were taken.</summary>
    public IReadOnlyCollection<Message> Messages => [.. messages.Values];

    /// <summary>Calls to send that came this far.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>How many of the next questions for a message get no answer.</summary>
    public int UnansweredReads { get; set; }

    /// <summary>Whether no question is ever answered.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Most questions without an answer at a time.</summary>
    public int MostOpenReads { get; private set; }

    private int openReads;

    /// <summary>Messages by their id that were asked for, in order.</summary>
    public ConcurrentQueue<(string Sid, DateTimeOffset At)> Asked { get; } = new();

    /// <summary>Another message of ours, sent by another program.</summary>
    public void Add(string to, string service) => Take(to, "another", service);

    private async Task BeSilentAsync(CancellationToken cancellation)
    {
        lock (messages)
        {
            MostOpenReads = Math.Max(MostOpenReads, ++openReads);
        }

        try
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (messages)
            {
                openReads--;
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            if (IsSilent)
            {
                await BeSilentAsync(cancellationToken);
            }

            var query = QueryHelpers.ParseQuery(request.RequestUri!.Query);
            return query.TryGetValue("To", out var to) ? List(to!) : Tell(MessageSid().Match(request.RequestUri.AbsolutePath).Value);
        }

        Interlocked.Increment(ref calls);
        var behaviour = Next(await PeekAsync(request, cancellationToken));
        if (behaviour is Behaviour.Refuse)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }

        var form = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken));
        if (behaviour is Behaviour.Drop)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        }

        if (behaviour is Behaviour.Reject)
        {
            return Json(new { code = 21211, message = "Invalid 'To' Phone Number", status = 400 }, HttpStatusCode.BadRequest);
        }

        var sid = Take(Channel + form["To"], Shown(form.GetValueOrDefault("Body").ToString(), form.ContainsKey("ShortenUrls")), form["MessagingServiceSid"]!);
        messages[sid] = messages[sid] with { Form = form };
        return behaviour is Behaviour.TakeThenDrop ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : Json(new { sid, status = "accepted" }, HttpStatusCode.Created);
    }

    // The number, without writing the body: a connection that is refused never sees it.
    private static Task<string> PeekAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(request.RequestUri!.AbsolutePath);

    private static string Shown(string body, bool shortens) => shortens ? Link().Replace(body, "https://short.example/AbCdEf1234") : body;

    private string Take(string to, string body, string service)
    {
        var sid = $"SM{Guid.NewGuid():N}";
        messages[sid] = new(sid, to, body, service, time.GetUtcNow());
        return sid;
    }

    private HttpResponseMessage List(string to) => Json(new
    {
        messages = messages.Values.Where(message => message.To == to).OrderByDescending(message => message.At).Select(message => new
        {
            sid = message.Sid,
            status = "sent",
            body = message.Body,
            messaging_service_sid = message.Service,
            direction = "outbound-api",
            date_created = message.At.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture),
        }),
        next_page_uri = (string?)null,
    });

    private HttpResponseMessage Tell(string sid)
    {
        Asked.Enqueue((sid, time.GetUtcNow()));
        if (UnansweredReads-- > 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }

        return messages.ContainsKey(sid) ? Json(new { sid, status = Status, error_code = (int?)null }) : new(HttpStatusCode.NotFound);
    }

    private static HttpResponseMessage Json(object body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };

    [GeneratedRegex("https://[^ ]+", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("SM[0-9a-f]{32}", RegexOptions.None, 1000)]
    private static partial Regex MessageSid();

    /// <summary>What becomes of a call.</summary>
    public enum Behaviour
    {
        Accept,

        /// <summary>It answers that the number is none.</summary>
        Reject,

        /// <summary>No connection.</summary>
        Refuse,

        /// <summary>The connection breaks, and there is no message.</summary>
        Drop,

        /// <summary>The connection breaks, and there is a message.</summary>
        TakeThenDrop,
    }

    /// <summary>A message that was taken.</summary>
    public sealed record Message(string Sid, string To, string Body, string Service, DateTimeOffset At)
    {
        /// <summary>What the call gave.</summary>
        public IReadOnlyDictionary<string, StringValues> Form { get; init; } = new Dictionary<string, StringValues>(StringComparer.Ordinal);
    }
}

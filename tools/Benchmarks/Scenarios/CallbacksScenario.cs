using System.Net;
using System.Net.Http.Json;
using System.Text;
using BulkSms.Api;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.StatusCallbacks;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>Status callbacks of messages that were sent, two for each: sent, delivered. At the end every row must say delivered.</summary>
internal static class CallbacksScenario
{
    private const int Connections = 256;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly string[] Statuses = ["sent", "delivered"];

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        foreach (var place in options.Places)
        {
            await using var rig = await Rig.StartAsync(options, pump: true, place, settings: SendScenario.InFlight(512));
            yield return await MeasureAsync(rig, options);
        }

        await using var idle = await Rig.StartAsync(options, pump: false);
        yield return await MeasureNothingAsync(idle, options);
    }

    /// <summary>A request that does nothing, through the same server: what is left of a callback without it is the callback's own.</summary>
    private static async Task<Measurement> MeasureNothingAsync(Rig rig, BenchmarkOptions options)
    {
        await LoadNothingAsync(WarmUp);
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        var load = await LoadNothingAsync(TimeSpan.FromSeconds(options.Seconds));
        return Measurement.Of("a request that does nothing (GET /api/health), 256 connections", "request", load, (await rig.UsageAsync()).Since(before));

        Task<LoadResult> LoadNothingAsync(TimeSpan duration) =>
            LoadGenerator.RunAsync(rig.Server.Http, Connections, _ => new HttpRequestMessage(HttpMethod.Get, $"/{Routes.Prefix}/{Routes.Live}"), HttpStatusCode.OK, duration);
    }

    private static async Task<Measurement> MeasureAsync(Rig rig, BenchmarkOptions options)
    {
        await SendScenario.SendAsync(rig, options.Messages, 0, TimeSpan.FromSeconds(1));
        var messages = rig.Twilio.Messages.All;
        var warmUp = messages.Count / 5;
        await LoadAsync(rig.Server.Http, Callbacks(rig.Twilio, [.. messages.Take(warmUp)]), Connections);
        var callbacks = Callbacks(rig.Twilio, [.. messages.Skip(warmUp)]);
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        var load = await LoadAsync(rig.Server.Http, callbacks, Connections);
        var used = (await rig.UsageAsync()).Since(before);
        await CheckAsync(rig.Server.Http, messages.Count);
        return Measurement.Of($"status callbacks, 256 connections{rig.StoragePlaceText}", "callback", load, used);
    }

    /// <summary>All of them, so many at a time.</summary>
    public static Task<LoadResult> LoadAsync(HttpClient http, IReadOnlyList<Callback> callbacks, int connections) => LoadGenerator.RunAsync(
        http, connections, n => n < callbacks.Count ? callbacks[n].ToRequest() : null, HttpStatusCode.OK);

    /// <summary>The callbacks of messages, written and signed before the load, which shares the machine with the server.</summary>
    public static IReadOnlyList<Callback> Callbacks(TwilioServer twilio, IReadOnlyList<SimulatedMessage> messages) =>
        [.. Statuses.SelectMany(status => messages.Select(message => Callback.Of(message, status, twilio.Options.AuthToken)))];

    /// <summary>Without loss: not one callback that was answered with 200 is missing from the rows.</summary>
    public static async Task CheckAsync(HttpClient http, int messages)
    {
        var delivered = 0;
        string? cursor = null;
        do
        {
            var page = await http.GetFromJsonAsync($"/api/v1/broadcasts?limit=100{(cursor is null ? "" : $"&cursor={cursor}")}", ApiJson.Default.BroadcastPage);
            foreach (var broadcast in page!.Broadcasts)
            {
                var view = await http.GetFromJsonAsync(BroadcastEndpoints.UrlOf(broadcast.BroadcastId), ApiJson.Default.BroadcastView);
                delivered += view!.Counts.GetValueOrDefault("delivered");
            }

            cursor = page.Next;
        }
        while (cursor is not null);
        if (delivered != messages)
        {
            throw new InvalidOperationException($"{messages} messages, {delivered} of them delivered: callbacks were lost.");
        }
    }

    /// <summary>A callback, ready to be sent.</summary>
    internal sealed record Callback(string Url, byte[] Body, string Signature)
    {
        public static Callback Of(SimulatedMessage message, string status, string authToken)
        {
            var form = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["AccountSid"] = message.AccountSid,
                ["MessageSid"] = message.Sid,
                ["MessageStatus"] = status,
                ["MessagingServiceSid"] = message.MessagingServiceSid!,
                ["SmsSid"] = message.Sid,
                ["SmsStatus"] = status,
                ["To"] = message.To,
            };
            var url = message.StatusCallback!.Split('#')[0];
            var body = string.Join('&', form.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
            return new(url, Encoding.ASCII.GetBytes(body), Convert.ToBase64String(TwilioSignature.Compute(authToken, url, form)));
        }

        public HttpRequestMessage ToRequest()
        {
            var content = new ByteArrayContent(Body);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
            var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
            request.Headers.TryAddWithoutValidation(TwilioSignature.Header, Signature);
            return request;
        }
    }
}

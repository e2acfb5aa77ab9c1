using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;
using BulkSms.Common;
using BulkSms.StatusCallbacks;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>Status callbacks of messages that were sent, two for each: sent, delivered. At the end every row must say delivered.</summary>
internal static class CallbacksScenario
{
    private const int Connections = 64;
    private static readonly string[] Statuses = ["sent", "delivered"];

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        foreach (var place in options.Places)
        {
            await using var rig = await Rig.StartAsync(options, pump: true, place, settings: SendScenario.InFlight(512));
            yield return await MeasureAsync(rig, options);
        }
    }

    private static async Task<Measurement> MeasureAsync(Rig rig, BenchmarkOptions options)
    {
        await SendScenario.SendAsync(rig, options.Messages, 0, TimeSpan.FromSeconds(1));
        var messages = rig.Twilio.Messages.All;
        var warmUp = messages.Count / 5;
        await LoadAsync(rig.Server.Http, rig.Twilio, [.. messages.Take(warmUp)], Connections);
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        var load = await LoadAsync(rig.Server.Http, rig.Twilio, [.. messages.Skip(warmUp)], Connections);
        var used = (await rig.UsageAsync()).Since(before);
        await CheckAsync(rig.Server.Http, messages.Count);
        return Measurement.Of($"status callbacks, {Connections} connections{rig.StoragePlaceText}", "callback", load, used);
    }

    /// <summary>All callbacks of messages.</summary>
    public static Task<LoadResult> LoadAsync(HttpClient http, TwilioServer twilio, IReadOnlyList<SimulatedMessage> messages, int connections) => LoadGenerator.RunAsync(
        http, connections, n => n < messages.Count * 2 ? Callback(twilio, messages[n % messages.Count], Statuses[n / messages.Count]) : null, HttpStatusCode.OK);

    private static HttpRequestMessage Callback(TwilioServer twilio, SimulatedMessage message, string status)
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
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TwilioSignature.Header, Convert.ToBase64String(TwilioSignature.Compute(twilio.Options.AuthToken, url, form)));
        return request;
    }

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
}

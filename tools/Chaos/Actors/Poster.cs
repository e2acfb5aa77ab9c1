using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Actors;

/// <summary>Posts a broadcast until it is accepted, repeating with the same key whatever the answer was.</summary>
public sealed class Poster(Posted broadcast, ChaosApi api, Random random, TimeProvider time) : IActor
{
    private const int Duplicates = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task RunAsync(CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (!await IsAnsweredAsync() && time.GetElapsedTime(begun) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200 + random.Next(300)), time, CancellationToken.None);
        }

        await TryAsync(); // and once more for luck
    }

    // Twice at once, as an impatient caller does.
    private async Task<bool> IsAnsweredAsync()
    {
        var answers = await Task.WhenAll(TryAsync(), TryAsync());
        return answers.Contains(HttpStatusCode.Accepted) || (broadcast.ExpiresAt is not null && answers.Contains(HttpStatusCode.BadRequest)); // it had expired before it was accepted
    }

    private Task<HttpStatusCode> TryAsync() => api.TryAsync(random.Next(2), Request, async response =>
    {
        if (response.StatusCode is HttpStatusCode.Accepted)
        {
            var accepted = (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!;
            broadcast.Accept(accepted.BroadcastId, accepted.RecipientsCount);
            return response.StatusCode;
        }

        var id = response.StatusCode switch
        {
            HttpStatusCode.ServiceUnavailable => (await response.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("broadcastId", out var named) ? named.GetString() : null,
            _ => null,
        };
        if (id is not null)
        {
            broadcast.Ids.TryAdd(id, true);
        }

        return response.StatusCode;
    });

    private static object Recipient((string Number, string? Name) person) => person.Name is { } name ? new { to = person.Number, data = new { name } } : person.Number;

    private HttpRequestMessage Request()
    {
        var body = new Dictionary<string, object>
        {
            ["message"] = broadcast.Message,
            ["recipients"] = broadcast.People.Concat(broadcast.People.Take(Duplicates)).Select(Recipient),
            ["onDuplicate"] = "each",
        };
        if (broadcast.IsHigh)
        {
            body["priority"] = "high";
        }

        if (broadcast.MediaUrls.Count > 0)
        {
            body["mediaUrls"] = broadcast.MediaUrls;
        }

        if (broadcast.ExpiresAt is { } expiresAt)
        {
            body["expiresAt"] = expiresAt;
        }

        if (broadcast.FirstPart is { } part)
        {
            body["canary"] = new { share = part.Share, @for = SpreadDuration.Write(part.For), maxFailures = part.MaxFailures, maxOptOuts = part.MaxOptOuts };
        }

        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts") { Content = JsonContent.Create(body) };
        request.Headers.Add(IdempotencyKey.Header, broadcast.Key);
        return request;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using BulkSms.Common;
using BulkSms.Outbox;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>Posts a delivery to its endpoint, signed. It never throws: whatever comes of it is an outcome.</summary>
public sealed class CallEndpoint(IHttpClientFactory clients, EndpointSecrets secrets, EventGridSender grid, IOptions<EventOptions> options, TimeProvider time)
{
    private static readonly ProductInfoHeaderValue UserAgent = new("BulkSms", BuildVersion.Current);

    public async Task<DeliveryOutcome> RunAsync(EventEndpoint endpoint, EventDelivery delivery)
    {
        var patience = options.Value.CallTimeout;
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            if (endpoint.IsEventGrid)
            {
                return await grid.SendAsync(delivery, limit.Token);
            }

            using var request = await RequestAsync(endpoint, delivery, limit.Token);
            using var client = clients.CreateClient(EventHttpClient.Name);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Read(answer);
        }
        catch (OperationCanceledException)
        {
            return new DeliveryOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"it did not answer within {patience.TotalSeconds} s"));
        }
        catch (InvalidOperationException e) when (e.InnerException is null or not HttpRequestException)
        {
            return new DeliveryOutcome.Failed($"it was not called: {e.Message}"); // our own words, about the key of the secrets
        }
        catch (Azure.RequestFailedException)
        {
            return new DeliveryOutcome.Failed("it was not called: the key of the endpoints' secrets cannot be read");
        }
        catch (Exception e)
        {
            return new DeliveryOutcome.Failed($"no answer: {Words(e)}");
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(EventEndpoint endpoint, EventDelivery delivery, CancellationToken cancellation)
    {
        var (body, now) = (delivery.Body(), time.GetUtcNow());
        var keys = await secrets.OfAsync(endpoint, now, cancellation);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(delivery.IsBatch ? CloudEventJson.BatchMediaType : CloudEventJson.MediaType, "utf-8");
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Add(WebhookSignature.IdHeader, delivery.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(delivery.Id, now, body, keys));
        return request;
    }

    private DeliveryOutcome Read(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        >= 200 and < 300 and var status => new DeliveryOutcome.Delivered(status),
        (int)HttpStatusCode.Gone => new DeliveryOutcome.Gone(),
        >= 300 and < 400 and var status => new DeliveryOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"it answered {status}, and redirects are not followed"), status),
        var status => new DeliveryOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"it answered {status}"), status, WaitOf(answer)),
    };

    private TimeSpan? WaitOf(HttpResponseMessage answer) => answer.Headers.RetryAfter is not { } after ? null : after.Delta ?? after.Date - time.GetUtcNow();

    // Kinds and our own words only: the message of an exception may quote the address.
    private static string Words(Exception e) => e switch
    {
        HttpRequestException { Message: EndpointAddress.PrivateAddress } => EndpointAddress.PrivateAddress,
        HttpRequestException { InnerException: SocketException socket } => socket.SocketErrorCode.ToString(),
        HttpRequestException http => http.HttpRequestError.ToString(),
        _ => e.GetType().Name,
    };
}

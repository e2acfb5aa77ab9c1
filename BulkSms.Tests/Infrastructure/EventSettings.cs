using System.Net;
using System.Net.Http.Json;
using BulkSms.Events;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Settings, and endpoints, of tests about events.</summary>
internal static class EventSettings
{
    /// <summary>A key, and endpoints on this machine.</summary>
    public static KeyValuePair<string, string?>[] Usual { get; } =
    [
        new("Events:SecretsKey", Convert.ToBase64String(new byte[32])), new("Events:AllowPrivateAddresses", "true"),
    ];

    /// <summary>The same, faster.</summary>
    public static KeyValuePair<string, string?>[] Fast { get; } =
    [
        .. Usual, new("Events:GatherFor", "00:00:00.200"), new("Events:RetryBaseDelay", "00:00:00.200"), new("Events:RetryMaxDelay", "00:00:01"), new("Events:CallTimeout", "00:00:01"),
        new("LocalHost:SweepEvery", "00:00:01"),
    ];

    /// <summary>Makes an endpoint; gives its secret.</summary>
    public static async Task<string> AddEndpointAsync(HttpClient http, EventReceiver receiver, params string[] types)
    {
        using var made = await PutAsync(http, "crm", receiver.Url, types);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync(ApiJson.Default.EventEndpointView))!.Secret!;
    }

    public static Task<HttpResponseMessage> PutAsync(HttpClient http, string name, string url, params string[] types) =>
        http.PutAsJsonAsync($"/api/v1/event-endpoints/{name}", new { url, types }, TestContext.Current.CancellationToken);

    public static async Task<IReadOnlyList<DeliveryView>> DeliveriesAsync(HttpClient http, string query = "") =>
        (await http.GetFromJsonAsync($"/api/v1/event-endpoints/crm/deliveries?{query}", ApiJson.Default.DeliveryPage))!.Deliveries;
}

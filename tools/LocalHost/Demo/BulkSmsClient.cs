using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Http;
using BulkSms.Poison;

namespace BulkSms.LocalHost.Demo;

/// <summary>A caller of the HTTP API, as any user of it.</summary>
public sealed class BulkSmsClient : IDisposable
{
    private readonly HttpClient http;

    public BulkSmsClient(Uri url, string key)
    {
        http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Add(FunctionKey.Header, key);
    }

    public async Task<AcceptedView> BroadcastAsync(string message, IReadOnlyList<string> recipients)
    {
        using var response = await http.PostAsJsonAsync($"/{Routes.Prefix}/{Routes.Broadcasts}", new { message, recipients });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!;
    }

    /// <summary>How a broadcast goes; null when storage is too busy to say: ask again.</summary>
    public async Task<BroadcastView?> GetAsync(string statusUrl)
    {
        using var response = await http.GetAsync(new Uri(statusUrl, UriKind.Relative));
        return response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable
            ? null
            : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(ApiJson.Default.BroadcastView);
    }

    /// <summary>All recipients, page after page.</summary>
    public async Task<IReadOnlyList<RecipientView>> RecipientsAsync(string statusUrl)
    {
        var all = new List<RecipientView>();
        string? cursor = null;
        do
        {
            var page = (await http.GetFromJsonAsync(new Uri($"{statusUrl}/recipients?cursor={cursor}", UriKind.Relative), ApiJson.Default.RecipientPage))!;
            all.AddRange(page.Recipients);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>What failed for good in a broadcast.</summary>
    public async Task<IReadOnlyList<PoisonView>> PoisonAsync(string broadcastId) =>
        (await http.GetFromJsonAsync($"/{Routes.Prefix}/{Routes.Poison}?broadcastId={broadcastId}&limit=1000", ApiJson.Default.PoisonPage))!.Messages;

    public void Dispose() => http.Dispose();
}

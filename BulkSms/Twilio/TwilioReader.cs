using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BulkSms.Twilio;

/// <summary>
/// Reads from Twilio's API, over the shared connections. The SDK's own reading takes no cancellation and shows no header, and it keeps whole answers: one holds the auth
/// token, others hold numbers and texts. What is not asked for here is never taken out of an answer.
/// </summary>
public sealed class TwilioReader(IHttpClientFactory clients, TwilioAccounts accounts, TimeProvider time)
{
    /// <summary>One answer, whole. Refused credentials are read again, as before a suspension: after a rotation it may be long until something is sent.</summary>
    /// <param name="credentials">Whose account.</param>
    /// <param name="address">The address, or a path at <see cref="TwilioHttpClient.PublicAddress"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="HttpRequestException">There was no answer, or its status is no success.</exception>
    public async Task<TwilioDocument> GetAsync(TwilioCredentials credentials, string address, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(TwilioHttpClient.Name);
        try
        {
            return await GetOnceAsync(client, credentials, address, cancellation);
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.Unauthorized)
        {
            var renewed = await accounts.RenewAsync(credentials, readBefore: time.GetUtcNow() - TwilioCredentialsSource.RenewAfter);
            if (renewed == credentials || renewed.AccountSid != credentials.AccountSid)
            {
                throw;
            }

            return await GetOnceAsync(client, renewed, address, cancellation);
        }
    }

    /// <summary>Every entry of a list of the newer APIs, page by page.</summary>
    /// <param name="credentials">Whose account.</param>
    /// <param name="address">The address of the first page.</param>
    /// <param name="list">What the entries are called.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<IReadOnlyList<T>> ListAsync<T>(TwilioCredentials credentials, string address, string list, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        var all = new List<T>();
        var host = new Uri(address).GetLeftPart(UriPartial.Authority); // whatever the next page's address says, the credentials go where they went
        for (var next = address; next is not null;)
        {
            using var document = await GetAsync(credentials, next, cancellation);
            all.AddRange(document.Root.GetProperty(list).EnumerateArray().Select(read));
            next = document.Root.GetProperty("meta").GetProperty("next_page_url").GetString() is { } url ? host + new Uri(url).PathAndQuery : null;
        }

        return all;
    }

    /// <summary>Whether a fault means that there is no answer, or none that can be read; of anything else we are to blame.</summary>
    public static bool IsNoAnswer(Exception e) => e
        is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException;

    private async Task<TwilioDocument> GetOnceAsync(HttpClient client, TwilioCredentials credentials, string address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address.StartsWith('/') ? TwilioHttpClient.PublicAddress + address : address);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.AccountSid}:{credentials.AuthToken}")));
        var (begun, asked) = (time.GetTimestamp(), time.GetUtcNow());
        using var response = await client.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        var took = time.GetElapsedTime(begun);
        var json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
        return new(json, response.Headers.Date is { } date ? new(date, asked, took) : null);
    }
}

/// <summary>One answer of Twilio's.</summary>
/// <param name="Json">It; disposed of with this.</param>
/// <param name="Clock">What the answer tells of Twilio's clock; null: nothing.</param>
public sealed record TwilioDocument(JsonDocument Json, TwilioClock? Clock) : IDisposable
{
    public JsonElement Root => Json.RootElement;

    public void Dispose() => Json.Dispose();
}

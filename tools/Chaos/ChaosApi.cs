using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BulkSms.Chaos.Hosts;

namespace BulkSms.Chaos;

/// <summary>The API, at whichever host answers: one that is dead or frozen just now is no fault of the caller's.</summary>
public sealed class ChaosApi(IReadOnlyList<HostProcess> hosts, TimeProvider time)
{
    private const int Rounds = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Sends a request, made anew for each host, until one answers; null when none does for a while.</summary>
    /// <param name="first">The host to ask first.</param>
    /// <param name="request">Makes the request.</param>
    /// <param name="read">Reads the answer.</param>
    public async Task<T?> TryAsync<T>(int first, Func<HttpRequestMessage> request, Func<HttpResponseMessage, Task<T?>> read)
    {
        for (var i = 0; i < hosts.Count * Rounds; i++)
        {
            if (i > 0 && i % hosts.Count == 0)
            {
                await Task.Delay(Pause, time);
            }

            try
            {
                using var message = request();
                using var response = await hosts[(first + i) % hosts.Count].Http.SendAsync(message);
                return await read(response);
            }
            catch (Exception e) when (IsAway(e))
            {
                // the next one may live
            }
        }

        return default;
    }

    /// <summary>Posts until one host answers; null when none does for a while.</summary>
    public Task<HttpStatusCode?> TryPostAsync(string path, Func<HttpContent?>? content = null) => TryAsync<HttpStatusCode?>(
        0,
        () => new(HttpMethod.Post, Under(path)) { Content = content?.Invoke() },
        response => Task.FromResult<HttpStatusCode?>(response.StatusCode));

    /// <summary>Posts until the answer is one that will do, for a while.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> PostAsync(string path, Func<HttpContent?>? content, params HttpStatusCode[] enough)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < Patience)
        {
            if (await TryPostAsync(path, content) is { } answer && enough.Contains(answer))
            {
                return true;
            }

            await Task.Delay(Pause, time);
        }

        return false;
    }

    /// <summary>Reads until the answer is 200, for a while; null when it never was, or when it is 404.</summary>
    public async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < Patience)
        {
            var (status, value) = await TryAsync(0, () => new(HttpMethod.Get, Under(path)), async response =>
                (response.StatusCode, response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync(type) : default));
            if (status is HttpStatusCode.OK or HttpStatusCode.NotFound)
            {
                return value;
            }

            await Task.Delay(Pause, time);
        }

        return default;
    }

    /// <summary>Whether a call failed because its host is dead or frozen, or was when it began.</summary>
    public static bool IsAway(Exception e) => e is HttpRequestException or System.Net.Sockets.SocketException or OperationCanceledException
        or ObjectDisposedException or InvalidOperationException or JsonException or IOException;

    private static string Under(string path) => $"/api/v1/{path}";
}

using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace BulkSms.Client.Http;

/// <summary>Sends the requests that Kiota's builders describe. The answer is a value or a <see cref="BulkSmsException"/>.</summary>
internal sealed class Exchange(HttpClient http, IRequestAdapter adapter)
{
    /// <summary>The answer as a value.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">How the value is read.</param>
    /// <param name="body">A body in place of the request's own; null: the request's own.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<T> SendAsync<T>(RequestInformation request, ParsableFactory<T> type, CancellationToken cancellation, HttpContent? body = null)
        where T : IParsable
    {
        using var answer = await AnswerAsync(request, cancellation, body);
        return await ReadAsync(answer, type, cancellation);
    }

    /// <summary>An answer without a body.</summary>
    public async Task SendAsync(RequestInformation request, CancellationToken cancellation) => (await AnswerAsync(request, cancellation)).Dispose();

    /// <summary>Writes the answer's body to a stream as it comes.</summary>
    public async Task CopyAsync(RequestInformation request, Stream to, CancellationToken cancellation)
    {
        using var answer = await AnswerAsync(request, cancellation, change: message => message.Options.Set(HttpPipeline.Streamed, true));
        try
        {
            await using var from = await answer.Content.ReadAsStreamAsync(cancellation);
            await from.CopyToAsync(to, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            throw new BulkSmsException(ProblemReader.Unreachable(http.BaseAddress, e), e);
        }
    }

    /// <summary>All entries of a list, page by page as they are asked for.</summary>
    /// <param name="ask">The request for the page at a cursor.</param>
    /// <param name="type">How a page is read.</param>
    /// <param name="entries">Its entries.</param>
    /// <param name="next">The cursor of the next page; null: it is the last.</param>
    /// <param name="cancellation">Ends the list.</param>
    public async IAsyncEnumerable<TEntry> PagesAsync<TPage, TEntry>(
        Func<string?, RequestInformation> ask, ParsableFactory<TPage> type, Func<TPage, IEnumerable<TEntry>?> entries, Func<TPage, string?> next, [EnumeratorCancellation] CancellationToken cancellation)
        where TPage : IParsable
    {
        string? cursor = null;
        do
        {
            var page = await SendAsync(ask(cursor), type, cancellation);
            foreach (var entry in entries(page) ?? [])
            {
                yield return entry;
            }

            cursor = next(page);
        }
        while (cursor is not null);
    }

    /// <summary>The answer itself: a success, or one of the other statuses that are meant.</summary>
    public async Task<HttpResponseMessage> AnswerAsync(
        RequestInformation request, CancellationToken cancellation, HttpContent? body = null, Action<HttpRequestMessage>? change = null, params HttpStatusCode[] meant)
    {
        using var message = await adapter.ConvertToNativeRequestAsync<HttpRequestMessage>(request, cancellation) ?? throw new InvalidOperationException("There is no request.");
        message.Content = body ?? message.Content;
        change?.Invoke(message);
        var answer = await SendAsync(message, cancellation);
        if (answer.IsSuccessStatusCode || meant.Contains(answer.StatusCode))
        {
            return answer;
        }

        using (answer)
        {
            throw new BulkSmsException(await ProblemReader.ReadAsync(answer, cancellation)) { IdempotencyKey = KeyOf(message) };
        }
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, ParsableFactory<T> type, CancellationToken cancellation)
        where T : IParsable
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        try
        {
            return await KiotaJsonSerializer.DeserializeAsync(body, type, cancellation) ?? throw new System.Text.Json.JsonException("The body is null.");
        }
        catch (System.Text.Json.JsonException e)
        {
            var problem = new Problem { Type = Problem.TypeOf("unexpected-answer"), Title = "The answer is not one of BulkSms.", Status = (int)answer.StatusCode, Detail = "Check the address." };
            throw new BulkSmsException(problem, e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (Exception e) when (ProblemReader.IsOfTheWire(e) && !cancellation.IsCancellationRequested)
        {
            throw new BulkSmsException(ProblemReader.Unreachable(http.BaseAddress, e), e) { IdempotencyKey = KeyOf(message) };
        }
    }

    private static string? KeyOf(HttpRequestMessage message) => message.Headers.TryGetValues(BroadcastCalls.KeyHeader, out var keys) ? keys.Single() : null;
}

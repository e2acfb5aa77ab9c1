using BulkSms.Client.Api.V1.Poison;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about messages that failed for good.</summary>
public sealed class PoisonCalls
{
    private readonly Exchange exchange;
    private readonly PoisonRequestBuilder api;

    internal PoisonCalls(Exchange exchange, PoisonRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>Poison messages, those of the newest broadcast first, page by page as they are asked for.</summary>
    /// <param name="broadcastId">Only this broadcast's; null: all.</param>
    /// <param name="code">Only those with this code of Twilio's; null: all.</param>
    /// <param name="pageSize">Entries of a page.</param>
    /// <param name="cancellation">Ends the list.</param>
    public IAsyncEnumerable<PoisonMessage> ListAsync(string? broadcastId = null, int? code = null, int? pageSize = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => api.ToGetRequestInformation(each =>
        {
            each.QueryParameters.BroadcastId = broadcastId;
            each.QueryParameters.Code = code;
            each.QueryParameters.Cursor = cursor;
            each.QueryParameters.Limit = pageSize;
        }),
        PoisonPage.CreateFromDiscriminatorValue, page => page.Messages, page => page.Next, cancellation);

    /// <summary>Puts failed recipients back to work, by the ids of up to a thousand poison messages.</summary>
    public Task<Replay> ReplayAsync(IEnumerable<string> ids, CancellationToken cancellation = default) => exchange.SendAsync(
        api.Replay.ToPostRequestInformation(new ReplayRequest { ReplayRequestMember1 = new() { Ids = [.. ids] } }), Replay.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Puts failed recipients back to work: those of a broadcast, with a code, or both. One answer for each thousand.</summary>
    public IAsyncEnumerable<Replay> ReplayAllAsync(string? broadcastId = null, int? code = null, CancellationToken cancellation = default) => exchange.PagesAsync<Replay, Replay>(
        cursor => api.Replay.ToPostRequestInformation(new ReplayRequest { ReplayRequestMember2 = new() { BroadcastId = broadcastId, Code = code, Cursor = cursor } }),
        Replay.CreateFromDiscriminatorValue, answer => [answer], answer => answer.Next, cancellation);
}

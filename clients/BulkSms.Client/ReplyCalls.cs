using BulkSms.Client.Api.V1.Replies;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about what people text back.</summary>
public sealed class ReplyCalls
{
    private readonly Exchange exchange;
    private readonly RepliesRequestBuilder api;

    internal ReplyCalls(Exchange exchange, RepliesRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>Texts that are no opt-out, no opt-in and nothing to decide on: newest first, page by page as they are asked for.</summary>
    public IAsyncEnumerable<Reply> ListAsync(int? pageSize = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => api.ToGetRequestInformation(each => (each.QueryParameters.Cursor, each.QueryParameters.Limit) = (cursor, pageSize)),
        ReplyPage.CreateFromDiscriminatorValue, page => page.Replies, page => page.Next, cancellation);
}

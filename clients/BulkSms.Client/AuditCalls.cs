using BulkSms.Client.Api.V1.Audit;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about who did what.</summary>
public sealed class AuditCalls
{
    private readonly Exchange exchange;
    private readonly AuditRequestBuilder api;

    internal AuditCalls(Exchange exchange, AuditRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>What callers did: newest first, page by page as it is asked for.</summary>
    /// <param name="broadcastId">Only what was done to this broadcast; null: all.</param>
    /// <param name="actor">Only what this caller did; null: all.</param>
    /// <param name="pageSize">Entries of a page.</param>
    /// <param name="cancellation">Ends the list.</param>
    public IAsyncEnumerable<AuditEntry> ListAsync(string? broadcastId = null, string? actor = null, int? pageSize = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => api.ToGetRequestInformation(each =>
        {
            each.QueryParameters.BroadcastId = broadcastId;
            each.QueryParameters.Actor = actor;
            each.QueryParameters.Cursor = cursor;
            each.QueryParameters.Limit = pageSize;
        }),
        AuditPage.CreateFromDiscriminatorValue, page => page.Entries, page => page.Next, cancellation);
}

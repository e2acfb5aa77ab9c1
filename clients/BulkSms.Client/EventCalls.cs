using BulkSms.Client.Api.V1.EventEndpoints;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about the endpoints that are told of events, and what was delivered to them.</summary>
public sealed class EventCalls
{
    private readonly Exchange exchange;
    private readonly EventEndpointsRequestBuilder api;

    internal EventCalls(Exchange exchange, EventEndpointsRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>All endpoints, in the order of their names.</summary>
    public async Task<IReadOnlyList<EventEndpoint>> ListAsync(CancellationToken cancellation = default) =>
        (await exchange.SendAsync(api.ToGetRequestInformation(), EventEndpointPage.CreateFromDiscriminatorValue, cancellation)).Endpoints ?? [];

    public Task<EventEndpoint> GetAsync(string name, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[name].ToGetRequestInformation(), EventEndpoint.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Makes an endpoint, or changes it, and switches it on. Only the answer that it is made by has its secret.</summary>
    public Task<EventEndpoint> PutAsync(string name, Uri url, IEnumerable<EventType> types, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        var wanted = new EventEndpointRequest { Url = url.AbsoluteUri, Types = [.. types] };
        return exchange.SendAsync(api[name].ToPutRequestInformation(wanted), EventEndpoint.CreateFromDiscriminatorValue, cancellation);
    }

    /// <summary>Deletes an endpoint and its deliveries.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellation = default) => exchange.SendAsync(api[name].ToDeleteRequestInformation(), cancellation);

    /// <summary>Makes a new secret, which only this answer has. For a while deliveries are signed with both.</summary>
    public Task<EventEndpoint> RotateAsync(string name, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[name].Rotate.ToPostRequestInformation(), EventEndpoint.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Sends an endpoint a test.</summary>
    public Task<EventDelivery> TestAsync(string name, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[name].Test.ToPostRequestInformation(), EventDelivery.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Deliveries, those of one status together and the newest first, page by page as they are asked for.</summary>
    public IAsyncEnumerable<EventDelivery> ListDeliveriesAsync(string name, EventDeliveryStatus? status = null, int? pageSize = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => api[name].Deliveries.ToGetRequestInformation(each =>
            (each.QueryParameters.Status, each.QueryParameters.Cursor, each.QueryParameters.Limit) = (status, cursor, pageSize)),
        EventDeliveryPage.CreateFromDiscriminatorValue, page => page.Deliveries, page => page.Next, cancellation);

    /// <summary>Tries up to a thousand deliveries again, by their ids.</summary>
    public Task<EventReplay> ReplayAsync(string name, IEnumerable<string> ids, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[name].Deliveries.Replay.ToPostRequestInformation(new EventReplayRequest { Ids = [.. ids] }), EventReplay.CreateFromDiscriminatorValue, cancellation);
}

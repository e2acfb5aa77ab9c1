using BulkSms.Client.Api.V1.Sending;
using BulkSms.Client.Http;

namespace BulkSms.Client;

/// <summary>Calls about all sending.</summary>
public sealed class SendingCalls
{
    private readonly Exchange exchange;
    private readonly SendingRequestBuilder api;

    internal SendingCalls(Exchange exchange, SendingRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>Whether it runs, and how fast.</summary>
    public Task<Models.Sending> GetAsync(CancellationToken cancellation = default) => exchange.SendAsync(api.ToGetRequestInformation(), Models.Sending.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Stops all sending: what waits is held. The reason is kept in the audit log, and shown.</summary>
    public Task<Models.Sending> SuspendAsync(string? reason = null, CancellationToken cancellation = default) => exchange.SendAsync(
        api.Suspend.ToPostRequestInformation(new Models.Reason { ReasonProp = reason }), Models.Sending.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Lets sending go on.</summary>
    /// <param name="reconcileSince">After storage was restored to this time: everything that waits is reconciled with Twilio first, and sending stays suspended meanwhile.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<Models.Sending> ResumeAsync(DateTimeOffset? reconcileSince = null, CancellationToken cancellation = default) =>
        exchange.SendAsync(api.Resume.ToPostRequestInformation(each => each.QueryParameters.ReconcileSince = reconcileSince), Models.Sending.CreateFromDiscriminatorValue, cancellation);
}

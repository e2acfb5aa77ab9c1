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

    /// <summary>Stops all sending, or one profile's: what waits is held. The reason is kept in the audit log, and shown.</summary>
    /// <param name="reason">Why; null: none is given.</param>
    /// <param name="profile">The profile; null: all sending.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<Models.Sending> SuspendAsync(string? reason = null, string? profile = null, CancellationToken cancellation = default) => exchange.SendAsync(
        api.Suspend.ToPostRequestInformation(new Models.Reason { ReasonProp = reason }, each => each.QueryParameters.Profile = profile), Models.Sending.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Lets sending go on.</summary>
    /// <param name="reconcileSince">After storage was restored to this time: everything that waits is reconciled with Twilio first, and sending stays suspended meanwhile.</param>
    /// <param name="profile">Only this profile; null: all sending, and with it each profile.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<Models.Sending> ResumeAsync(DateTimeOffset? reconcileSince = null, string? profile = null, CancellationToken cancellation = default) =>
        exchange.SendAsync(
            api.Resume.ToPostRequestInformation(each => (each.QueryParameters.ReconcileSince, each.QueryParameters.Profile) = (reconcileSince, profile)), Models.Sending.CreateFromDiscriminatorValue, cancellation);
}

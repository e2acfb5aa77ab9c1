using BulkSms.Client.Api.V1.Profiles;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about profiles: named ways to send.</summary>
public sealed class ProfileCalls
{
    private readonly Exchange exchange;
    private readonly ProfilesRequestBuilder api;

    internal ProfileCalls(Exchange exchange, ProfilesRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>The profiles that the caller may use.</summary>
    public Task<ProfileList> ListAsync(CancellationToken cancellation = default) => exchange.SendAsync(api.ToGetRequestInformation(), ProfileList.CreateFromDiscriminatorValue, cancellation);
}

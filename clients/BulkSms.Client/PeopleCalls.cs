using BulkSms.Client.Api.V1.People;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about what is stored of one person.</summary>
public sealed class PeopleCalls
{
    private readonly Exchange exchange;
    private readonly PeopleRequestBuilder api;

    internal PeopleCalls(Exchange exchange, PeopleRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>Collects what is stored of the person with a phone. Follow the job by <see cref="GetJobAsync"/>, then take its result.</summary>
    public Task<PersonJob> ExportAsync(string phone, CancellationToken cancellation = default) =>
        exchange.SendAsync(api.Export.ToPostRequestInformation(new PersonExport { Phone = phone }), PersonJob.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Erases the person with a phone everywhere; totals stay.</summary>
    /// <param name="phone">The phone.</param>
    /// <param name="keepOptOut">Whether the person is not texted afterwards, for which keyed hashes of the number are kept.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<PersonJob> EraseAsync(string phone, bool keepOptOut = true, CancellationToken cancellation = default) =>
        exchange.SendAsync(api.Erase.ToPostRequestInformation(new PersonErasure { Phone = phone, KeepOptOut = keepOptOut }), PersonJob.CreateFromDiscriminatorValue, cancellation);

    /// <summary>How far a job is, and what it waits for.</summary>
    public Task<PersonJob> GetJobAsync(string jobId, CancellationToken cancellation = default) =>
        exchange.SendAsync(api.Jobs[jobId].ToGetRequestInformation(), PersonJob.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Writes what an export has collected, as JSON.</summary>
    public Task DownloadResultAsync(string jobId, Stream to, CancellationToken cancellation = default) =>
        exchange.CopyAsync(api.Jobs[jobId].Result.ToGetRequestInformation(), to, cancellation);
}

using System.Net;
using BulkSms.Client.Api.Health;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about the app itself.</summary>
public sealed class HealthCalls
{
    private readonly Exchange exchange;
    private readonly HealthRequestBuilder api;

    internal HealthCalls(Exchange exchange, HealthRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>The process answers, and with which version. It asks for no key.</summary>
    public Task<Live> GetAsync(CancellationToken cancellation = default) => exchange.SendAsync(api.ToGetRequestInformation(), Live.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Each part of the app: a part that is down is an answer, not an exception.</summary>
    public async Task<Ready> GetReadyAsync(CancellationToken cancellation = default)
    {
        using var answer = await exchange.AnswerAsync(api.Ready.ToGetRequestInformation(), cancellation, null, message => message.Options.Set(HttpPipeline.AnyAnswer, true), HttpStatusCode.ServiceUnavailable);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && await ProblemReader.ReadAsync(answer, cancellation) is { Json: not null } problem)
        {
            throw new BulkSmsException(problem);
        }

        return await Exchange.ReadAsync(answer, Ready.CreateFromDiscriminatorValue, cancellation);
    }
}

using System.Net;
using BulkSms.Client.Api.Health;
using BulkSms.Client.Api.V1.Doctor;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about the app itself.</summary>
public sealed class HealthCalls
{
    private readonly Exchange exchange;
    private readonly HealthRequestBuilder api;
    private readonly DoctorRequestBuilder doctor;

    internal HealthCalls(Exchange exchange, HealthRequestBuilder api, DoctorRequestBuilder doctor) => (this.exchange, this.api, this.doctor) = (exchange, api, doctor);

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

    /// <summary>How Twilio and the app are set, line by line. It takes up to 20 s.</summary>
    /// <param name="countries">The countries that are to be texted, such as US; null: those of the senders.</param>
    /// <param name="profile">Whose account, Messaging Service and rate are looked at; null: those of <c>default</c>.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<Doctor> GetDoctorAsync(IReadOnlyList<string>? countries = null, string? profile = null, CancellationToken cancellation = default) => exchange.SendAsync(
        doctor.ToGetRequestInformation(each => (each.QueryParameters.Countries, each.QueryParameters.Profile) = (countries is { Count: > 0 } ? [.. countries] : null, profile)), Doctor.CreateFromDiscriminatorValue, cancellation);
}

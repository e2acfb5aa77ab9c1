using BulkSms.StatusCallbacks;
using BulkSms.Twilio;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace BulkSms.Functions;

/// <summary>
/// Sends with Twilio's SDK, over the shared HttpClient. What the SDK returns or throws is not looked at: see <see cref="TwilioCall"/>.
/// </summary>
public sealed class TwilioSmsSender(IHttpClientFactory clients) : ISmsSender
{
    public Task PostAsync(OutgoingSms sms, TwilioCredentials credentials)
    {
        // A client a call: it keeps its last request, number and text included, for as long as it lives.
        var http = new SystemNetHttpClient(clients.CreateClient(TwilioHttpClient.Name));
        var client = new TwilioRestClient(credentials.AccountSid, credentials.AuthToken, httpClient: http);
        return MessageResource.CreateAsync(Form(sms), client);
    }

    private static CreateMessageOptions Form(OutgoingSms sms) => new(new PhoneNumber(sms.To))
    {
        // The SDK writes an address as it was typed; Twilio is to see it as it will be signed.
        StatusCallback = sms.StatusCallback is { } callback ? new Uri(callback.AbsoluteUri) : null,
        ValidityPeriod = sms.ValidityPeriod,
        MessagingServiceSid = sms.MessagingServiceSid,
        Body = sms.Text,
    };
}

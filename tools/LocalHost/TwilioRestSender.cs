using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using BulkSms.StatusCallbacks;
using BulkSms.Twilio;

namespace BulkSms.LocalHost;

/// <summary>Sends with HttpClient: the same form, in the same order, as Twilio's SDK.</summary>
public sealed class TwilioRestSender(IHttpClientFactory clients) : ISmsSender
{
    public async Task PostAsync(OutgoingSms sms, TwilioCredentials credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{TwilioHttpClient.PublicAddress}/2010-04-01/Accounts/{credentials.AccountSid}/Messages.json")
        {
            Content = new FormUrlEncodedContent(Form(sms)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.AccountSid}:{credentials.AuthToken}")));
        using var client = clients.CreateClient(TwilioHttpClient.Name);
        using var response = await client.SendAsync(request);
    }

    private static IEnumerable<KeyValuePair<string, string>> Form(OutgoingSms sms)
    {
        yield return new("To", sms.To);
        if (sms.StatusCallback is { } callback)
        {
            yield return new("StatusCallback", callback.AbsoluteUri);
        }

        if (sms.ValidityPeriod is { } seconds)
        {
            yield return new("ValidityPeriod", seconds.ToString(CultureInfo.InvariantCulture));
        }

        yield return new("MessagingServiceSid", sms.MessagingServiceSid);
        yield return new("Body", sms.Text);
    }
}

using System.Net.Http.Headers;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace BulkSms.Twilio;

/// <summary>
/// Sends with Twilio's SDK, over the shared connections. The SDK forms the request; what came of it is read right above the socket (<see cref="SmsCallHandler"/>), since
/// the SDK's exceptions tell neither whether a request left nor how long to wait.
/// </summary>
public sealed class TwilioSmsSender(IHttpClientFactory clients) : ISmsSender
{
    private readonly System.Net.Http.HttpClient http = clients.CreateClient(TwilioHttpClient.Name);

    public Task<SendOutcome> SendAsync(OutgoingSms sms, TwilioCredentials credentials, CallLimits limits)
    {
        var call = new SmsCall(limits, TwilioAnswer.Read);
        return call.RunAsync(() => MessageResource.CreateAsync(
            Form(sms), new TwilioRestClient(credentials.AccountSid, credentials.AuthToken, httpClient: new OneRequest(http, call))));
    }

    private static CreateMessageOptions Form(OutgoingSms sms) => new(new PhoneNumber(sms.To))
    {
        // The SDK writes an address as it was typed; Twilio is to see it as it will be signed.
        StatusCallback = sms.StatusCallback is { } callback ? new Uri(callback.AbsoluteUri) : null,
        ValidityPeriod = sms.ValidityPeriod,
        MessagingServiceSid = sms.MessagingServiceSid,
        Body = sms.Extras.ContentSid is null && sms.Text.Length > 0 ? sms.Text : null,
        MediaUrl = [.. sms.Extras.MediaUrls.Select(address => new Uri(address))],
        ContentSid = sms.Extras.ContentSid,
        ContentVariables = sms.Extras.ContentSid is not null && sms.Text.Length > 0 ? sms.Text : null,
        ShortenUrls = sms.Extras.ShortenUrls ? true : null,
        SmartEncoded = sms.Extras.ContentSid is null ? false : null, // a Messaging Service may have it on: Twilio is to send what the preview showed
    };

    /// <summary>
    /// Takes the SDK's request to the shared client, with the call that it belongs to. Unlike the SDK's own, it keeps neither the request (number and text) nor the answer
    /// in memory, and it is a few bytes: one a call costs nothing.
    /// </summary>
    private sealed class OneRequest(System.Net.Http.HttpClient http, SmsCall call) : global::Twilio.Http.HttpClient
    {
        public override Response MakeRequest(Request request) => throw new NotSupportedException("Messages are sent asynchronously.");

        public override async Task<Response> MakeRequestAsync(Request request)
        {
            using var message = new HttpRequestMessage(System.Net.Http.HttpMethod.Post, request.ConstructUrl()) { Content = new FormUrlEncodedContent(request.PostParams) };
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Authentication(request.Username, request.Password));
            message.Headers.Accept.Add(Json);
            message.Headers.UserAgent.Add(Agent);
            call.TravelWith(message);
            using var response = await http.SendAsync(message);
            return NothingMoreToRead;
        }

        // The answer is read by then, and the SDK is not to read it once more: it takes longer than all else that it does.
        private static readonly Response NothingMoreToRead = new(System.Net.HttpStatusCode.OK, "{}");
        private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");
        private static readonly ProductInfoHeaderValue Agent = new("twilio-csharp", typeof(TwilioRestClient).Assembly.GetName().Version?.ToString(3));
    }
}

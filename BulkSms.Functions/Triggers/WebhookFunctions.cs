using BulkSms.Http;
using BulkSms.StatusCallbacks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers that Twilio calls: anonymous to the host, since Twilio's signature is what lets them in.</summary>
public sealed class WebhookFunctions(StatusCallbackEndpoint statuses)
{
    [Function("StatusWebhook")]
    public Task<IResult> Status([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.StatusWebhook)] HttpRequest request) =>
        statuses.ReceiveAsync(request);
}

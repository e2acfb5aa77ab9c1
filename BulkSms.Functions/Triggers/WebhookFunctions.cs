using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers that Twilio calls: anonymous to the host, since Twilio's signature is what lets them in.</summary>
public sealed class WebhookFunctions(ApiEndpointTable api)
{
    [Function("StatusWebhook")]
    public Task<IResult> Status([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.StatusWebhook)] HttpRequest request) =>
        api.AnswerAsync("StatusWebhook", request);

    [Function("ClickWebhook")]
    public Task<IResult> Click([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ClickWebhook)] HttpRequest request) =>
        api.AnswerAsync("ClickWebhook", request);

    [Function("OptOutWebhook")]
    public Task<IResult> OptOut([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.OptOutWebhook)] HttpRequest request) =>
        api.AnswerAsync("OptOutWebhook", request);
}

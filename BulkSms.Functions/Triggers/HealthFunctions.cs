using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of health and of the doctor. Only whether the process lives is told without a key.</summary>
public sealed class HealthFunctions(ApiEndpointTable api)
{
    [Function("HealthLive")]
    public Task<IResult> Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Live)] HttpRequest request) =>
        api.AnswerAsync("HealthLive", request);

    [Function("HealthReady")]
    public Task<IResult> Ready([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Ready)] HttpRequest request) =>
        api.AnswerAsync("HealthReady", request);

    [Function("GetDoctor")]
    public Task<IResult> Doctor([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Doctor)] HttpRequest request) =>
        api.AnswerAsync("GetDoctor", request);
}

using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of poison messages.</summary>
public sealed class PoisonFunctions(ApiEndpointTable api)
{
    [Function("ListPoison")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Poison)] HttpRequest request) =>
        api.AnswerAsync("ListPoison", request);

    [Function("ReplayPoison")]
    public Task<IResult> Replay([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ReplayPoison)] HttpRequest request) =>
        api.AnswerAsync("ReplayPoison", request);
}

using BulkSms.Http;
using BulkSms.Poison;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of poison messages.</summary>
public sealed class PoisonFunctions(PoisonEndpoints poison)
{
    [Function("ListPoison")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.Poison)] HttpRequest request) => poison.ListAsync(request);

    [Function("ReplayPoison")]
    public Task<IResult> Replay([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ReplayPoison)] HttpRequest request) =>
        poison.ReplayAsync(request);
}

using BulkSms.Health;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of health. Only whether the process lives is told without a key.</summary>
public sealed class HealthFunctions(HealthEndpoints health)
{
    [Function("HealthLive")]
    public IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Live)] HttpRequest request) => HealthEndpoints.Live();

    [Function("HealthReady")]
    public Task<IResult> Ready([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.Ready)] HttpRequest request) =>
        health.ReadyAsync(request);
}

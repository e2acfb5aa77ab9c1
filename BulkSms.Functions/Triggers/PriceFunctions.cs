using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of prices.</summary>
public sealed class PriceFunctions(ApiEndpointTable api)
{
    [Function("GetPrices")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Prices)] HttpRequest request) =>
        api.AnswerAsync("GetPrices", request);

    [Function("ImportPrices")]
    public Task<IResult> Import([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ImportPrices)] HttpRequest request) =>
        api.AnswerAsync("ImportPrices", request);
}

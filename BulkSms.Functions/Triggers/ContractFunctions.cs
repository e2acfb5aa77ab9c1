using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of the API's own description, and of what it does not describe. They tell no secret, so they need no key.</summary>
public sealed class ContractFunctions(ApiEndpointTable api)
{
    /// <summary>The Functions host tries routes in the order of their functions' names: this one must be the last.</summary>
    public const string Unknown = "ZUnknownRoute";

    [Function("GetOpenApi")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.OpenApi)] HttpRequest request) =>
        api.AnswerAsync("GetOpenApi", request);

    [Function("ZUnknownRoute")]
    public IResult AnswerOther([HttpTrigger(AuthorizationLevel.Anonymous, Route = Routes.Other)] HttpRequest request) => api.AnswerOther(request);
}

using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP trigger of profiles.</summary>
public sealed class ProfileFunctions(ApiEndpointTable api)
{
    [Function("ListProfiles")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Profiles)] HttpRequest request) =>
        api.AnswerAsync("ListProfiles", request);
}

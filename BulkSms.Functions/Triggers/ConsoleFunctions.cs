using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP trigger of the web console's files. They need no key; each call that the console makes brings its own.</summary>
public sealed class ConsoleFunctions(ApiEndpointTable api)
{
    [Function("Console")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Console)] HttpRequest request) =>
        api.AnswerAsync("Console", request);
}

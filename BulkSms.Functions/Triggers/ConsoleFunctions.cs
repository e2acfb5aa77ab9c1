using BulkSms.Http;
using BulkSms.Security;
using BulkSms.WebConsole;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP trigger of the web console's files. They need no key; each call that the console makes brings its own.</summary>
public sealed class ConsoleFunctions(ApiEndpointTable api, ConsoleCalls calls)
{
    /// <summary>The Functions host tries routes in the order of their functions' names: the calls come before the files.</summary>
    public const string Calls = "CallFromConsole";

    [Function("CallFromConsole")]
    public Task<IResult> Call([HttpTrigger(AuthorizationLevel.Anonymous, Route = Routes.ConsoleCalls)] HttpRequest request) => calls.AnswerAsync(request);

    [Function("Console")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Console)] HttpRequest request) =>
        api.AnswerAsync("Console", request);
}

using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of requests about one person's data.</summary>
public sealed class PeopleFunctions(ApiEndpointTable api)
{
    [Function("ExportPerson")]
    public Task<IResult> Export([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ExportPerson)] HttpRequest request) =>
        api.AnswerAsync("ExportPerson", request);

    [Function("ErasePerson")]
    public Task<IResult> Erase([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ErasePerson)] HttpRequest request) =>
        api.AnswerAsync("ErasePerson", request);

    [Function("GetPersonJob")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.PersonJob)] HttpRequest request, string id) =>
        api.AnswerAsync("GetPersonJob", request, id);

    [Function("DownloadPersonResult")]
    public Task<IResult> Download([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.PersonResult)] HttpRequest request, string id) =>
        api.AnswerAsync("DownloadPersonResult", request, id);
}

using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of broadcasts.</summary>
public sealed class BroadcastFunctions(ApiEndpointTable api)
{
    [Function("CreateBroadcast")]
    public Task<IResult> Create([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.Broadcasts)] HttpRequest request) =>
        api.AnswerAsync("CreateBroadcast", request);

    [Function("PreviewBroadcast")]
    public Task<IResult> Preview([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.PreviewBroadcast)] HttpRequest request) =>
        api.AnswerAsync("PreviewBroadcast", request);

    [Function("TestBroadcast")]
    public Task<IResult> Test([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.TestBroadcast)] HttpRequest request) =>
        api.AnswerAsync("TestBroadcast", request);

    [Function("ListBroadcasts")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Broadcasts)] HttpRequest request) =>
        api.AnswerAsync("ListBroadcasts", request);

    [Function("GetBroadcast")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Broadcast)] HttpRequest request, string id) =>
        api.AnswerAsync("GetBroadcast", request, id);

    [Function("DeleteBroadcast")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Function, "delete", Route = Routes.Broadcast)] HttpRequest request, string id) =>
        api.AnswerAsync("DeleteBroadcast", request, id);

    [Function("ListBroadcastRecipients")]
    public Task<IResult> ListRecipients([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.BroadcastRecipients)] HttpRequest request, string id) =>
        api.AnswerAsync("ListBroadcastRecipients", request, id);

    [Function("LookUpBroadcastRecipient")]
    public Task<IResult> LookUpRecipient([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.LookUpRecipients)] HttpRequest request, string id) =>
        api.AnswerAsync("LookUpBroadcastRecipient", request, id);

    [Function("DownloadBroadcastResults")]
    public Task<IResult> DownloadResults([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.BroadcastResults)] HttpRequest request, string id) =>
        api.AnswerAsync("DownloadBroadcastResults", request, id);

    [Function("ListSkippedEntries")]
    public Task<IResult> ListSkipped([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.SkippedEntries)] HttpRequest request, string id) =>
        api.AnswerAsync("ListSkippedEntries", request, id);

    [Function("DownloadSkippedEntries")]
    public Task<IResult> DownloadSkipped([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.SkippedFile)] HttpRequest request, string id) =>
        api.AnswerAsync("DownloadSkippedEntries", request, id);
}

using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.Retention;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of broadcasts.</summary>
public sealed class BroadcastFunctions(BroadcastEndpoints broadcasts, PreviewEndpoint preview, EraseEndpoint erase)
{
    [Function("CreateBroadcast")]
    public Task<IResult> Create([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.Broadcasts)] HttpRequest request) =>
        broadcasts.CreateAsync(request);

    [Function("PreviewBroadcast")]
    public Task<IResult> Preview([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.PreviewBroadcast)] HttpRequest request) =>
        preview.PreviewAsync(request);

    [Function("ListBroadcasts")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.Broadcasts)] HttpRequest request) =>
        broadcasts.ListAsync(request);

    [Function("GetBroadcast")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.Broadcast)] HttpRequest request, string id) =>
        broadcasts.GetAsync(request, id);

    [Function("DeleteBroadcast")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Function, "delete", Route = Routes.Broadcast)] HttpRequest request, string id) =>
        erase.DeleteAsync(request, id);

    [Function("ListBroadcastRecipients")]
    public Task<IResult> ListRecipients(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.BroadcastRecipients)] HttpRequest request, string id) =>
        broadcasts.ListRecipientsAsync(request, id);

    [Function("DownloadBroadcastResults")]
    public Task<IResult> DownloadResults(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.BroadcastResults)] HttpRequest request, string id) =>
        broadcasts.DownloadResultsAsync(request, id);
}

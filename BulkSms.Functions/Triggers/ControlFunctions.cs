using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers that stop and start: one broadcast, or all sending.</summary>
public sealed class ControlFunctions(ApiEndpointTable api)
{
    [Function("PauseBroadcast")]
    public Task<IResult> Pause([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.PauseBroadcast)] HttpRequest request, string id) =>
        api.AnswerAsync("PauseBroadcast", request, id);

    [Function("ResumeBroadcast")]
    public Task<IResult> Resume([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ResumeBroadcast)] HttpRequest request, string id) =>
        api.AnswerAsync("ResumeBroadcast", request, id);

    [Function("CancelBroadcast")]
    public Task<IResult> Cancel([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.CancelBroadcast)] HttpRequest request, string id) =>
        api.AnswerAsync("CancelBroadcast", request, id);

    [Function("ApproveBroadcast")]
    public Task<IResult> Approve([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ApproveBroadcast)] HttpRequest request, string id) =>
        api.AnswerAsync("ApproveBroadcast", request, id);

    [Function("RejectBroadcast")]
    public Task<IResult> Reject([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.RejectBroadcast)] HttpRequest request, string id) =>
        api.AnswerAsync("RejectBroadcast", request, id);

    [Function("GetSending")]
    public Task<IResult> GetSending([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Sending)] HttpRequest request) =>
        api.AnswerAsync("GetSending", request);

    [Function("SuspendSending")]
    public Task<IResult> SuspendSending([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.SuspendSending)] HttpRequest request) =>
        api.AnswerAsync("SuspendSending", request);

    [Function("ResumeSending")]
    public Task<IResult> ResumeSending([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ResumeSending)] HttpRequest request) =>
        api.AnswerAsync("ResumeSending", request);
}

using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of the opt-out list.</summary>
public sealed class OptOutFunctions(ApiEndpointTable api)
{
    [Function("ListOptOuts")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.OptOuts)] HttpRequest request) =>
        api.AnswerAsync("ListOptOuts", request);

    [Function("AddOptOuts")]
    public Task<IResult> Add([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.OptOuts)] HttpRequest request) =>
        api.AnswerAsync("AddOptOuts", request);

    [Function("LookUpOptOut")]
    public Task<IResult> LookUp([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.LookUpOptOut)] HttpRequest request) =>
        api.AnswerAsync("LookUpOptOut", request);

    [Function("RemoveOptOut")]
    public Task<IResult> Remove([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.RemoveOptOut)] HttpRequest request) =>
        api.AnswerAsync("RemoveOptOut", request);

    [Function("ExportOptOuts")]
    public Task<IResult> Export([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.ExportOptOuts)] HttpRequest request) =>
        api.AnswerAsync("ExportOptOuts", request);

    [Function("ListReplies")]
    public Task<IResult> ListReplies([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Replies)] HttpRequest request) =>
        api.AnswerAsync("ListReplies", request);

    [Function("ListOptOutReview")]
    public Task<IResult> ListReview([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.ReviewOptOuts)] HttpRequest request) =>
        api.AnswerAsync("ListOptOutReview", request);

    [Function("DecideOptOutReview")]
    public Task<IResult> DecideReview([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ReviewOptOuts)] HttpRequest request) =>
        api.AnswerAsync("DecideOptOutReview", request);
}

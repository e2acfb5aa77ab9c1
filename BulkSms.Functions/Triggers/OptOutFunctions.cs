using BulkSms.Http;
using BulkSms.OptOuts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of the opt-out list.</summary>
public sealed class OptOutFunctions(OptOutEndpoints optOuts, ReviewEndpoints review)
{
    [Function("ListOptOuts")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.OptOuts)] HttpRequest request) =>
        optOuts.ListAsync(request);

    [Function("AddOptOuts")]
    public Task<IResult> Add([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.OptOuts)] HttpRequest request) =>
        optOuts.AddAsync(request);

    [Function("LookUpOptOut")]
    public Task<IResult> LookUp([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.LookUpOptOut)] HttpRequest request) =>
        optOuts.LookUpAsync(request);

    [Function("RemoveOptOut")]
    public Task<IResult> Remove([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.RemoveOptOut)] HttpRequest request) =>
        optOuts.RemoveAsync(request);

    [Function("ExportOptOuts")]
    public Task<IResult> Export([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.ExportOptOuts)] HttpRequest request) =>
        optOuts.ExportAsync(request);

    [Function("ListOptOutReview")]
    public Task<IResult> ListReview([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.ReviewOptOuts)] HttpRequest request) =>
        review.ListAsync(request);

    [Function("DecideOptOutReview")]
    public Task<IResult> DecideReview([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ReviewOptOuts)] HttpRequest request) =>
        review.DecideAsync(request);
}

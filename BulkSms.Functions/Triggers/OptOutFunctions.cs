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

    [Function("ImportOptOuts")]
    public Task<IResult> Import([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.OptOuts)] HttpRequest request) =>
        optOuts.ImportAsync(request);

    [Function("ExportOptOuts")]
    public Task<IResult> Export([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.ExportOptOuts)] HttpRequest request) =>
        optOuts.ExportAsync(request);

    [Function("ListOptOutReview")]
    public Task<IResult> ListReview([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.ReviewOptOuts)] HttpRequest request) =>
        review.ListAsync(request);

    [Function("DecideOptOutReview")]
    public Task<IResult> DecideReview([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ReviewOptOuts)] HttpRequest request) =>
        review.DecideAsync(request);

    [Function("GetOptOut")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.OptOut)] HttpRequest request, string phone) =>
        optOuts.GetAsync(request, phone);

    [Function("PutOptOut")]
    public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Function, "put", Route = Routes.OptOut)] HttpRequest request, string phone) =>
        optOuts.PutAsync(request, phone);

    [Function("DeleteOptOut")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Function, "delete", Route = Routes.OptOut)] HttpRequest request, string phone) =>
        optOuts.DeleteAsync(request, phone);
}

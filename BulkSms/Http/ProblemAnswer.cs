using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace BulkSms.Http;

/// <summary>A problem document (RFC 9457) with the id of the request that it answers.</summary>
/// <param name="problem">The document.</param>
public sealed class ProblemAnswer(ProblemDetails problem) : IResult, IStatusCodeHttpResult
{
    public const string MediaType = "application/problem+json";
    private const string RequestIdMember = "requestId";

    public int? StatusCode => problem.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var id = RequestId.Of(httpContext);
        httpContext.Response.Headers[RequestId.Header] = id;
        problem.Extensions[RequestIdMember] = id;
        return Results.Json(problem, contentType: MediaType, statusCode: problem.Status).ExecuteAsync(httpContext);
    }
}

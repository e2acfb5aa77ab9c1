namespace BulkSms.TwilioSimulator;

/// <summary>
/// Who may use the simulator's own API: programs on this machine. A page in a browser may not, wherever it comes from: it sends its origin, or a content type that
/// needs no permission, or a name that it has pointed to loopback.
/// </summary>
internal static class AdminAccess
{
    private const string Json = "application/json";
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];

    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(AdminEndpoints.Prefix, StringComparison.Ordinal))
        {
            return next(context);
        }

        var refusal = Refusal(context.Request);
        if (refusal == 0)
        {
            return next(context);
        }

        context.Response.StatusCode = refusal;
        return Task.CompletedTask;
    }

    private static int Refusal(HttpRequest request) =>
        !Names.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase) ? StatusCodes.Status421MisdirectedRequest
        : IsOfAnotherOrigin(request) ? StatusCodes.Status403Forbidden
        : !HttpMethods.IsGet(request.Method) && !IsJson(request) ? StatusCodes.Status415UnsupportedMediaType
        : 0;

    private static bool IsOfAnotherOrigin(HttpRequest request) =>
        (request.Headers.Origin is { Count: > 0 } origin && !origin.ToString().Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        || (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString() is not ("same-origin" or "none"));

    private static bool IsJson(HttpRequest request) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
}

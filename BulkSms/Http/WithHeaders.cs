using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>A result with response headers of its own.</summary>
public sealed class WithHeaders(IResult inner, params (string Name, string Value)[] headers) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        foreach (var (name, value) in headers)
        {
            httpContext.Response.Headers[name] = value;
        }

        return inner.ExecuteAsync(httpContext);
    }
}

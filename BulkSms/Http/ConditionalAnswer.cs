using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BulkSms.Http;

/// <summary>An answer with an <c>ETag</c> that changes when its bytes do: 304 without them when the caller has it already (<c>If-None-Match</c>).</summary>
/// <param name="body">The bytes.</param>
/// <param name="contentType">What they are.</param>
public sealed class ConditionalAnswer(ReadOnlyMemory<byte> body, string contentType) : IResult
{
    private const int TagBytes = 16;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, TagBytes))}\"");
        response.Headers.ETag = tag.ToString();
        if (IsKnown(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    // A proxy that compresses makes a tag weak: what it stands for is the same.
    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) && known.Any(each => each.Equals(EntityTagHeaderValue.Any) || each.Compare(tag, useStrongComparison: false));
}

using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BulkSms.Http;

/// <summary>Reads a request body that is trusted to be neither short, nor honest about its length, nor of the right type.</summary>
public static class RequestBody
{
    /// <summary>Whether the request says it carries this media type (parameters such as charset aside).</summary>
    public static bool Is(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The whole body, or null when it is longer than the limit (bytes); reading stops there.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>((int)Math.Max(256, request.ContentLength ?? 4096));
        int read;
        while ((read = await request.Body.ReadAsync(body.GetMemory(1024), cancellation)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > limit)
            {
                return null;
            }
        }

        return body.WrittenMemory;
    }
}

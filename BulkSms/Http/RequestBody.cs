using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BulkSms.Http;

/// <summary>What came of reading: either of both.</summary>
/// <param name="Value">What was read.</param>
/// <param name="Refusal">The answer to what cannot be read.</param>
public readonly record struct ReadResult<T>(T? Value, IResult? Refusal)
    where T : class
{
    public static implicit operator ReadResult<T>(T value) => new(value, null);
}

/// <summary>Reads a request body that is trusted to be neither short, nor complete, nor honest about its length, nor of the right type.</summary>
public static class RequestBody
{
    /// <summary>Whether the request says it carries this media type (parameters such as charset aside).</summary>
    public static bool Is(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the whole body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Most bytes; reading stops there.</param>
    /// <param name="read">Reads what the body holds.</param>
    /// <returns>What <paramref name="read"/> gives, or 413, or 400 for a body that was cut short.</returns>
    public static async Task<ReadResult<T>> ReadAsync<T>(HttpRequest request, int limit, Func<ReadOnlyMemory<byte>, ReadResult<T>> read)
        where T : class
    {
        if (request.ContentLength > limit)
        {
            return new ReadResult<T>(null, Problems.TooLarge(limit));
        }

        try
        {
            return await BytesAsync(request, limit) is { } body ? read(body) : new ReadResult<T>(null, Problems.TooLarge(limit));
        }
        catch (IOException)
        {
            return new ReadResult<T>(null, Problems.Incomplete());
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> BytesAsync(HttpRequest request, int limit)
    {
        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength + 1 ?? 4096)); // one byte more, in which the end is seen
        int read;
        while ((read = await request.Body.ReadAsync(body.GetMemory(1), request.HttpContext.RequestAborted)) > 0)
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

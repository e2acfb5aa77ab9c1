using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>The contract of the API: <c>openapi.json</c>, written by hand. Tests hold the routes, the roles and every answer to it. It holds no secret, so no key is needed to read it.</summary>
public static class OpenApiDocument
{
    private const string Resource = "BulkSms.Api.openapi.json";

    /// <summary>The document as it is served.</summary>
    public static ReadOnlyMemory<byte> Bytes { get; } = Read();

    /// <summary><c>GET /api/openapi.json</c>.</summary>
    public static IResult Answer() => new ConditionalAnswer(Bytes, JsonBody.MediaType);

    private static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(Resource)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}

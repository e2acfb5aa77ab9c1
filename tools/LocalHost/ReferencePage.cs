using BulkSms.Http;
using Scalar.AspNetCore;

namespace BulkSms.LocalHost;

/// <summary>A page that shows the API's document, and tries its requests. Its script comes with its package: nothing is asked of another host.</summary>
public static class ReferencePage
{
    public const string Path = "/scalar";
    private const string Policy = "default-src 'self' data: blob: 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'";

    public static void Map(WebApplication app) => app.MapScalarApiReference(Path, options =>
    {
        options.Title = "BulkSms";
        options.DefaultFonts = false; // they come from elsewhere
        options.Telemetry = false;
        options
            .WithOpenApiRoutePattern($"/{Routes.Prefix}/{Routes.OpenApi}")
            .DisableAgent().DisableMcp();
    }).AddEndpointFilter(async (context, next) =>
    {
        context.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
        return await next(context);
    });
}

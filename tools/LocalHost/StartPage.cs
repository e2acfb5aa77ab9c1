using BulkSms.WebConsole;

namespace BulkSms.LocalHost;

/// <summary>What a browser finds at <c>/</c>: the console, or, in a build without it, where the API is.</summary>
public static class StartPage
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>BulkSms</title>
        <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
        </head>
        <body>
        <h1>BulkSms</h1>
        <p>This is the BulkSms API. Its routes begin with <code>/api/v1</code>, and each request carries the function key in the header <code>x-functions-key</code>.</p>
        <ul>
        <li><code>POST /api/v1/broadcasts</code> sends a text to many phone numbers.</li>
        <li><code>GET /api/v1/broadcasts</code> lists what was sent.</li>
        <li><a href="/scalar">Reference</a>: every route, with its requests and answers, as <a href="/api/openapi.json"><code>/api/openapi.json</code></a> describes them.</li>
        <li><a href="/api/health"><code>GET /api/health</code></a> answers while the process does.</li>
        </ul>
        <p>This build has no web console: it was made without Node.js.</p>
        <p>The key, and a first call, stand where LocalHost was started.</p>
        </body>
        </html>
        """;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <param name="app">The host.</param>
    /// <param name="hasConsole">Whether the console is there to be shown instead.</param>
    public static void Map(WebApplication app, bool hasConsole) => app.MapMethods("/", Methods, (HttpContext context) =>
    {
        if (hasConsole)
        {
            return Results.LocalRedirect(ConsoleEndpoint.Root);
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        return Results.Content(Page, "text/html; charset=utf-8");
    });
}

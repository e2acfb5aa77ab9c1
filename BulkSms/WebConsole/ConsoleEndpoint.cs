using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BulkSms.WebConsole;

/// <summary>Serves the web console. It needs no key: what is in it is no secret, and each of its calls brings the key itself.</summary>
public sealed class ConsoleEndpoint(ConsoleFiles files, ConsoleSignIn signIn)
{
    /// <summary>Where the console is; relative addresses in its page count from here.</summary>
    public const string Root = $"/{Routes.Prefix}/console/";

    /// <summary>Nothing from outside, nothing inline, no frames: what gets into a page as text stays text.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; " + Connects + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Connects = "connect-src 'self'";

    private const string Page = "index.html";
    private static readonly string[] Preferred = [ConsoleFile.Brotli, ConsoleFile.Gzip];

    public Task<IResult> GetAsync(HttpRequest request) => Task.FromResult(Get(request));

    private IResult Get(HttpRequest request)
    {
        if (!files.Any)
        {
            return Problems.Of("not-found", "This build has no console.", StatusCodes.Status404NotFound, "Install Node.js 20 or later with npm, and build BulkSms again.");
        }

        var path = request.Path.Value ?? "";
        if (!path.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
        {
            return Results.LocalRedirect(Root);
        }

        var name = path[Root.Length..];
        if (name == ConsoleSignIn.File)
        {
            return Results.Text(signIn.Json, "application/json");
        }

        return files.Find(name.Length == 0 ? Page : name) is { } file ? Answer(request, file) : Problems.NotFound("page of the console", $"The console is at {Root}.");
    }

    private IResult Answer(HttpRequest request, ConsoleFile file)
    {
        var coding = Array.Find(Preferred, each => file.Versions.ContainsKey(each) && Accepts(request, each)) ?? ConsoleFile.AsItIs;
        var version = file.Versions[coding];
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-cache"; // kept, and asked about each time: a new version is there at once
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentSecurityPolicy = signIn.IsOn ? ContentSecurityPolicy.Replace(Connects, $"{Connects} {signIn.Origin}", StringComparison.Ordinal) : ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (coding != ConsoleFile.AsItIs)
        {
            headers.ContentEncoding = coding;
        }

        return Results.Bytes(version.Content, file.ContentType, entityTag: new EntityTagHeaderValue(version.Tag));
    }

    private static bool Accepts(HttpRequest request, string coding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(each => each.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && each.Quality is null or > 0);
}

using BulkSms.Common;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Health;

/// <summary>Whether the app is alive, and whether it could do its work now.</summary>
public sealed class HealthEndpoints(HealthChecks health)
{
    /// <summary><c>GET /api/health</c>: 200 while the process answers.</summary>
    public static IResult Live() => Results.Json(new HealthView("live", BuildVersion.Current, null));

    /// <summary><c>GET /api/health/ready</c>: each part with its status and latency; 503 when one is down or sending is suspended.</summary>
    public async Task<IResult> ReadyAsync(HttpRequest request)
    {
        var checks = await health.RunAsync(request.HttpContext.RequestAborted);
        var ready = checks.All(check => check.Status == HealthChecks.Up);
        return Results.Json(
            new HealthView(ready ? "ready" : "notReady", BuildVersion.Current, checks),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <param name="Status"><c>live</c>, <c>ready</c> or <c>notReady</c>.</param>
/// <param name="Version">The version of the app, such as <c>0.1.0</c>.</param>
/// <param name="Checks">Each part that the app needs; null when not asked for.</param>
public sealed record HealthView(
    string Status,
    string Version,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<HealthCheckView>? Checks);

/// <param name="Part">What was checked.</param>
/// <param name="Status"><c>up</c> or <c>down</c>; of <c>sending</c> also <c>suspended</c>: see <c>GET /sending</c>.</param>
/// <param name="Milliseconds">How long the answer took.</param>
public sealed record HealthCheckView(string Part, string Status, int Milliseconds);

using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.Common;
using BulkSms.SendingControl;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Health;

/// <summary>Whether the app is alive, and whether it could do its work now.</summary>
public sealed class HealthEndpoints(
    TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs, TwilioCredentialsSource credentials, ControlTable holds, TimeProvider time)
{
    private const string Up = "up";
    private const string NotReady = "notReady";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    /// <summary><c>GET /api/health</c>: 200 while the process answers.</summary>
    public static IResult Live() => Results.Json(new HealthView("live", BuildVersion.Current, null));

    /// <summary><c>GET /api/health/ready</c>: each part with its status and latency; 503 when one is down or sending is suspended. Under 2 s whatever is down.</summary>
    public async Task<IResult> ReadyAsync(HttpRequest request)
    {
        var stop = request.HttpContext.RequestAborted;
        var checks = await Task.WhenAll(
            CheckAsync("tables", token => tables.GetTableClient(TableNames.Broadcasts).GetEntityIfExistsAsync<TableEntity>("-", "-", cancellationToken: token), stop),
            CheckAsync("queues", token => queues.GetQueueClient(QueueNames.Outbound).GetPropertiesAsync(token), stop),
            CheckAsync("blobs", token => blobs.GetBlobContainerClient(ContainerNames.Broadcasts).GetPropertiesAsync(cancellationToken: token), stop),
            CheckAsync("secrets", token => credentials.GetAsync(token).AsTask(), stop),
            CheckAsync("sending", SendingAsync, stop));
        var ready = checks.All(check => check.Status == Up);
        return Results.Json(
            new HealthView(ready ? "ready" : NotReady, BuildVersion.Current, checks),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<string> SendingAsync(CancellationToken cancellation) => (await holds.ReadAsync(cancellation)).Suspension is null ? Up : "suspended";

    private Task<HealthCheckView> CheckAsync(string part, Func<CancellationToken, Task> check, CancellationToken stop) => CheckAsync(
        part,
        async token =>
        {
            await check(token);
            return Up;
        },
        stop);

    private async Task<HealthCheckView> CheckAsync(string part, Func<CancellationToken, Task<string>> check, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        var begun = time.GetTimestamp();
        string state;
        try
        {
            state = await check(either.Token).WaitAsync(either.Token);
        }
        catch (Exception)
        {
            state = "down";
        }

        return new(part, state, (int)time.GetElapsedTime(begun).TotalMilliseconds);
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

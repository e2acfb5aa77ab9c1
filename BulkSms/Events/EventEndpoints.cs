using BulkSms.Audit;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>The event endpoints as callers see and change them.</summary>
public sealed class EventEndpoints(
    EndpointTable table, DeliveryTable deliveries, EndpointSecrets secrets, EventKeySource keys, EndpointAddress address, AuditLog audit, IOptions<EventOptions> options, TimeProvider time)
{
    /// <summary>Endpoints of an app: each event is a delivery to each of them.</summary>
    private const int MostEndpoints = 20;

    private const int Tries = 5;

    /// <summary><c>GET /api/v1/event-endpoints</c>, in the order of their names.</summary>
    public Task<IResult> ListAsync(HttpRequest request) => StorageAnswer.GuardAsync(async () => Results.Json(new EventEndpointPage(
        [.. (await table.ListAsync(request.HttpContext.RequestAborted)).Select(endpoint => EventEndpointView.Of(endpoint, time.GetUtcNow()))])));

    /// <summary><c>GET /api/v1/event-endpoints/{name}</c>; its secret is never shown again.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string name) => StorageAnswer.GuardAsync(async () =>
        await FindAsync(name) is { } endpoint ? Results.Json(EventEndpointView.Of(endpoint, time.GetUtcNow())) : NoEndpoint());

    /// <summary>
    /// <c>PUT /api/v1/event-endpoints/{name}</c> with <see cref="EndpointRequest"/>: 201 with its secret when it is new, else 200 without; one that was switched off is on again. 400 for an
    /// address that is not public.
    /// </summary>
    public async Task<IResult> PutAsync(HttpRequest request, string name)
    {
        var errors = new FieldErrors();
        if (!EventEndpoint.IsName(name))
        {
            errors.Add("name", $"must be 1 to {EventEndpoint.LongestName} characters of a to z, 0 to 9 and -, a letter first");
        }

        if (RefusalOf(name) is { } refusal)
        {
            return refusal;
        }

        var read = await JsonBody.ReadAsync(request, EndpointRequest.MaxBytes, errors, EndpointRequest.Read);
        if (read.Value is not { } wanted)
        {
            return read.Refusal!;
        }

        if (await address.FaultOfAsync(wanted.Url, request.HttpContext.RequestAborted) is { } fault)
        {
            errors.Add(EndpointRequest.UrlPath, fault);
            return Problems.Invalid(errors);
        }

        return keys.IsConfigured
            ? await StorageAnswer.GuardAsync(() => audit.RunAsync(
                request, AuditAction.PutEventEndpoint, AuditObject.EventEndpoint(name), () => PutAsync(name, wanted), detail: $"host: {new Uri(wanted.Url).Host}"))
            : Problems.InvalidState($"There is no key for the secrets of endpoints. Set Events:SecretsKey, or write {options.Value.SecretsKeySecret} to the vault that KeyVault:Uri names.");
    }

    /// <summary><c>DELETE /api/v1/event-endpoints/{name}</c>: 204, also when there was none. Its deliveries are erased. 409 for one of the settings.</summary>
    public async Task<IResult> DeleteAsync(HttpRequest request, string name) => !EventEndpoint.IsName(name) ? Results.NoContent() : RefusalOf(name) ?? await StorageAnswer.ChangeAsync(
        done => audit.RunAsync(request, AuditAction.DeleteEventEndpoint, AuditObject.EventEndpoint(name), async () =>
        {
            done.Begin();
            await table.DeleteAsync(name, CancellationToken.None);
            done.Say("The endpoint is deleted: it is told of nothing more.");
            await deliveries.DeleteAllAsync(name, CancellationToken.None);
            return Results.NoContent();
        }));

    /// <summary><c>POST /api/v1/event-endpoints/{name}/rotate</c>: a new secret, shown once. For a while both sign, so that the receiver has time to learn the new one.</summary>
    public async Task<IResult> RotateAsync(HttpRequest request, string name) => !EventEndpoint.IsName(name) ? NoEndpoint() : RefusalOf(name) ?? await StorageAnswer.GuardAsync(
        () => audit.RunAsync(request, AuditAction.RotateEventSecret, AuditObject.EventEndpoint(name), () => RotateAsync(name)));

    private Task<IResult> RotateAsync(string name) => TryOftenAsync(async () =>
    {
        if (await FindAsync(name) is not { } endpoint)
        {
            return NoEndpoint();
        }

        var (secret, now) = (EndpointSecrets.New(), time.GetUtcNow());
        var rotated = endpoint with
        {
            Secret = await secrets.EncryptAsync(name, secret, CancellationToken.None),
            OldSecret = endpoint.Secret,
            OldSecretUntil = now + options.Value.OldSecretFor,
        };
        return await table.TryWriteAsync(rotated, CancellationToken.None) ? Results.Json(EventEndpointView.Of(rotated, now, secret)) : null;
    });

    private Task<IResult> PutAsync(string name, EndpointRequest wanted) => TryOftenAsync(async () =>
    {
        var now = time.GetUtcNow();
        if (await FindAsync(name) is { } known)
        {
            var changed = known with { Url = new(wanted.Url), Types = wanted.Types, OffSince = null, OffReason = null };
            return await table.TryWriteAsync(changed, CancellationToken.None) ? Results.Json(EventEndpointView.Of(changed, now)) : null;
        }

        if ((await table.ListAsync(CancellationToken.None)).Count >= MostEndpoints)
        {
            return Problems.InvalidState($"There are {MostEndpoints} event endpoints already. Delete one that is not needed first.");
        }

        var secret = EndpointSecrets.New();
        var made = new EventEndpoint { Name = name, Url = new(wanted.Url), Types = wanted.Types, CreatedAt = now, Secret = await secrets.EncryptAsync(name, secret, CancellationToken.None) };
        return await table.TryWriteAsync(made, CancellationToken.None)
            ? Results.Json(EventEndpointView.Of(made, now, secret), statusCode: StatusCodes.Status201Created)
            : null;
    });

    // Another caller changes it at the same time, or it was our own first try.
    private static async Task<IResult> TryOftenAsync(Func<Task<IResult?>> change)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await change() is { } answer)
            {
                return answer;
            }
        }

        throw new TimeoutException("The endpoint kept changing.");
    }

    private async Task<EventEndpoint?> FindAsync(string name) => EventEndpoint.IsName(name) ? await table.FindAsync(name, CancellationToken.None) : null;

    // Null: callers may change it.
    private IResult? RefusalOf(string name) =>
        name == EventEndpoint.EventGrid ? Problems.InvalidState($"{EventEndpoint.EventGrid} is the topic of the setting Events:EventGridTopic. It has no secret, and is changed there.")
        : table.IsConfigured(name) ? Problems.InvalidState($"{name} is set by the app's settings Events:Endpoints:{name}. Change or remove it there; its secret too. Or choose another name.")
        : null;

    internal static IResult NoEndpoint() => Problems.NotFound("event endpoint", "Check its name. GET /api/v1/event-endpoints lists the endpoints.");
}

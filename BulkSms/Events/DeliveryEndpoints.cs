using BulkSms.Audit;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Outbox;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Events;

/// <summary>The deliveries to an event endpoint as callers see them, try them again, and try the endpoint out.</summary>
public sealed class DeliveryEndpoints(EndpointTable endpoints, DeliveryTable table, MakeDeliveries deliveries, AuditLog audit, TimeProvider time)
{
    /// <summary><c>GET /api/v1/event-endpoints/{name}/deliveries?status=&amp;limit=&amp;cursor=</c>.</summary>
    public async Task<IResult> ListAsync(HttpRequest request, string name)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        var filter = DeliveryFilter.Read(request.Query, errors);
        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
        {
            if (await FindAsync(name) is null)
            {
                return EventEndpoints.NoEndpoint();
            }

            var found = await table.ListAsync(name, filter.Status, filter.After, request.HttpContext.RequestAborted).Take(limit + 1).ToListAsync(request.HttpContext.RequestAborted);
            EventDelivery[] page = [.. found.Take(limit)];
            return Results.Json(new DeliveryPage([.. page.Select(DeliveryView.Of)], found.Count > limit ? DeliveryFilter.CursorOf(page[^1]) : null));
        });
    }

    /// <summary>
    /// <c>POST /api/v1/event-endpoints/{name}/deliveries/replay</c> with <c>{"ids": […]}</c>, or <c>{"status": "failed", "cursor": "…"}</c>: a page of up to 1,000 deliveries that were given up, or
    /// delivered. Each is tried again, from the beginning.
    /// </summary>
    public async Task<IResult> ReplayAsync(HttpRequest request, string name)
    {
        var read = await JsonBody.ReadAsync(request, DeliveryFilter.MaxBytes, new(), DeliveryReplayRequest.Read);
        return read.Value is not { } wanted ? read.Refusal! : await StorageAnswer.ChangeAsync(
            done => WithEndpointAsync(request, AuditAction.ReplayEventDeliveries, name, () => ReplayAsync(name, wanted, done)));
    }

    /// <summary>
    /// <c>POST /api/v1/event-endpoints/{name}/test</c>: 202 with a delivery that tells the endpoint of nothing but this test. It switches an endpoint of the settings on again, which callers cannot put.
    /// </summary>
    public Task<IResult> TestAsync(HttpRequest request, string name) => StorageAnswer.GuardAsync(() => WithEndpointAsync(request, AuditAction.TestEventEndpoint, name, async () =>
        Results.Json(DeliveryView.Of(await deliveries.ForTestAsync(TestOf(name), name, CancellationToken.None)), statusCode: StatusCodes.Status202Accepted)));

    private async Task<IResult> WithEndpointAsync(HttpRequest request, AuditAction action, string name, Func<Task<IResult>> act) =>
        !EventEndpoint.IsName(name) ? EventEndpoints.NoEndpoint() : await audit.RunAsync(request, action, AuditObject.EventEndpoint(name), async () => await FindAsync(name) switch
        {
            null => EventEndpoints.NoEndpoint(),
            { IsOff: true, IsConfigured: true } off when action == AuditAction.TestEventEndpoint && await endpoints.TryWriteAsync(off with { OffSince = null, OffReason = null }, CancellationToken.None) => await act(),
            { IsOff: true } off => IsOff(off),
            _ => await act(),
        });

    private OutboxEvent TestOf(string name) =>
        new(Guid.NewGuid().ToString("N"), EventTypes.EndpointTest, name, time.GetUtcNow().ToUnixTimeMilliseconds(), $$"""{"endpoint": "{{name}}"}""");

    private async Task<IResult> ReplayAsync(string name, DeliveryReplayRequest wanted, WorkDone done)
    {
        var keys = wanted.Keys is { } given
            ? [.. given.SelectMany(key => new[] { (Key: key, Status: DeliveryStatus.Failed), (Key: key, Status: DeliveryStatus.Delivered) })]
            : await table.ListAsync(name, wanted.Filter.Status, wanted.Filter.After, CancellationToken.None)
                .Select(delivery => (delivery.Key, delivery.Status)).Take(DeliveryReplayRequest.MaxDeliveries).ToListAsync(CancellationToken.None);
        done.Begin();
        var replayed = 0;
        foreach (var (key, status) in keys)
        {
            if (await table.FindAsync(name, key, status, CancellationToken.None) is { } delivery && await deliveries.TryAgainAsync(delivery, CancellationToken.None))
            {
                replayed++;
                done.Count("replayed", 1);
            }
        }

        var next = wanted.Keys is null && keys.Count == DeliveryReplayRequest.MaxDeliveries ? DeliveryFilter.CursorOf(keys[^1].Status, keys[^1].Key) : null;
        return Results.Json(new DeliveryReplayView(replayed, (wanted.Keys?.Count ?? keys.Count) - replayed, next));
    }

    private async Task<EventEndpoint?> FindAsync(string name) => EventEndpoint.IsName(name) ? await endpoints.FindAsync(name, CancellationToken.None) : null;

    private static IResult IsOff(EventEndpoint off) => Problems.InvalidState(
        $"The endpoint is switched off, because it answered 410. {(off.IsConfigured ? "Test it first: that switches an endpoint of the settings on again." : "Put it again first.")}");
}

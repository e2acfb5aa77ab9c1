using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Http;
using BulkSms.Queues;
using BulkSms.Sending;
using BulkSms.SendingControl;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>Stopping and starting: one broadcast, or all sending. In force on every instance within 5 s; what is in flight finishes.</summary>
public sealed class ControlEndpoints(ControlTable holds, ControlCache watch, BroadcastStore store, FanOutQueue expand, ReconcileAfterRestore distrust, SuspendSending suspend, SendRateLimiter gate, TimeProvider time)
{
    private const string ByOperator = "suspended by an operator";

    /// <summary><c>POST /api/v1/broadcasts/{id}/pause</c>. 409 for a canceled one.</summary>
    public Task<IResult> PauseAsync(HttpRequest request, string id) => ChangeAsync(id, kind => kind is not ControlKind.Canceled, () =>
        holds.PauseAsync(id, null, CancellationToken.None));

    /// <summary><c>POST /api/v1/broadcasts/{id}/resume</c>: the state first, then a nudge for everybody who waited. Repeating it is harmless; 409 for a canceled one.</summary>
    public Task<IResult> ResumeAsync(HttpRequest request, string id) => ChangeAsync(id, kind => kind is not ControlKind.Canceled, async () =>
    {
        await holds.UnpauseAsync(id, CancellationToken.None);
        await expand.EnqueueAsync(id, CancellationToken.None);
    });

    /// <summary><c>POST /api/v1/broadcasts/{id}/cancel</c>: for good. Who has not been sent to is <c>canceled</c>; repeating it is harmless.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, string id) => ChangeAsync(id, _ => true, async () =>
    {
        if (await store.TryMarkCanceledAsync(id, CancellationToken.None)) // else it has come to its end meanwhile, and the answer says so
        {
            await holds.CancelAsync(id, CancellationToken.None);
            await expand.EnqueueAsync(id, CancellationToken.None);
        }
    });

    /// <summary><c>GET /api/v1/sending</c>: whether sending is suspended, since when and why; the rate.</summary>
    public Task<IResult> GetSendingAsync(HttpRequest request) => StorageAnswer.GuardAsync(async () => View(await holds.ReadAsync(request.HttpContext.RequestAborted)));

    /// <summary><c>POST /api/v1/sending/suspend</c>: stops all sending. Suspending twice changes nothing.</summary>
    public Task<IResult> SuspendSendingAsync(HttpRequest request) => StorageAnswer.GuardAsync(async () =>
    {
        await holds.SuspendAsync(0, ByOperator, null, CancellationToken.None);
        watch.Invalidate();
        return View(await holds.ReadAsync(CancellationToken.None));
    });

    /// <summary>
    /// <c>POST /api/v1/sending/resume?reconcileSince=</c>: the state first, then a nudge for everybody who waited. Harmless when nothing is suspended: it changes no
    /// state, and finishes what an earlier one that died has left. With a time, to which storage was restored, nobody who waits is sent anything before
    /// Twilio's list has shown that it was not sent since; 409 when sending is not suspended, as who is being sent to must not be called in doubt.
    /// </summary>
    public async Task<IResult> ResumeSendingAsync(HttpRequest request)
    {
        DateTimeOffset? since = null;
        if (request.Query.TryGetValue("reconcileSince", out var given))
        {
            if (!RequestTime.TryParse(given, out var time))
            {
                var errors = new FieldErrors();
                errors.Add("reconcileSince", RequestTime.Fault);
                return Problems.Invalid(errors);
            }

            since = time;
        }

        return await StorageAnswer.GuardAsync(() => ResumeSendingAsync(since));
    }

    private async Task<IResult> ResumeSendingAsync(DateTimeOffset? reconcileSince)
    {
        if (reconcileSince is { } since)
        {
            if ((await holds.ReadAsync(CancellationToken.None)).Suspension is not { } suspension)
            {
                return Problems.InvalidState("Sending is not suspended: it never was, or an earlier request has resumed it (GET /api/v1/sending). To reconcile what waits, suspend sending first.");
            }

            if (since >= suspension.Since)
            {
                return TooLate(suspension);
            }

            await distrust.RunAsync(since); // while it is suspended still
        }

        await suspend.ResumeAsync();
        return View(await holds.ReadAsync(CancellationToken.None));
    }

    // What was sent before the suspension would be looked for after it, not be found, and be sent again.
    private static IResult TooLate(Suspension suspension)
    {
        var errors = new FieldErrors();
        errors.Add("reconcileSince", $"must lie before sending was suspended ({suspension.Since:yyyy-MM-ddTHH:mm:ss.fffZ}): it is the time that storage was restored to");
        return Problems.Invalid(errors);
    }

    private Task<IResult> ChangeAsync(string id, Func<ControlKind?, bool> allowed, Func<Task> change) => StorageAnswer.GuardAsync(async () =>
    {
        if (!BroadcastId.IsWellFormed(id) || await store.FindAsync(id, CancellationToken.None) is not { } broadcast)
        {
            return Problems.NotFound("broadcast");
        }

        var kind = broadcast.IsCanceled ? ControlKind.Canceled : (await holds.ReadAsync(CancellationToken.None)).Of(id);
        if (broadcast.CompletedAt is not null || !allowed(kind))
        {
            return Problems.InvalidState($"The broadcast is {BroadcastStatus.AsStored(broadcast, kind is ControlKind.Paused, time.GetUtcNow())}.");
        }

        await change();
        watch.Invalidate();
        var after = (await holds.ReadAsync(CancellationToken.None)).Of(id);
        return await store.FindAsync(id, CancellationToken.None) is { } changed
            ? Results.Json(new BroadcastControlView(id, BroadcastStatus.AsStored(changed, after is ControlKind.Paused, time.GetUtcNow())))
            : Problems.NotFound("broadcast");
    });

    private IResult View(ControlSet now) => Results.Json(
        new SendingView(
            now.Suspension is null ? "running" : "suspended", now.Suspension?.Code, now.Suspension?.Reason, now.Suspension?.Since, now.Suspension?.NextProbeAt,
            [.. now.Broadcasts.Where(each => each.Value.Kind == ControlKind.Paused).Select(each => each.Key)], Math.Round(gate.SegmentsPerSecond, 1), gate.InFlight,
            View([.. now.OpenAt(time.GetUtcNow())])));

    private static CircuitBreakerView View(IReadOnlyList<OpenCircuit> open) => open.Count == 0
        ? new("closed", 0, null, null, null)
        : new("open", open.Count, open.Min(circuit => circuit.Since), open.Min(circuit => circuit.NextProbeAt), open[0].Reason);
}

/// <param name="BroadcastId">Its id.</param>
/// <param name="Status">See <see cref="BroadcastStatus"/>.</param>
public sealed record BroadcastControlView(string BroadcastId, string Status);

/// <param name="State"><c>running</c> or <c>suspended</c>.</param>
/// <param name="Code">Twilio's code that suspended it; 0: an operator.</param>
/// <param name="Reason">In words.</param>
/// <param name="Since">When it was suspended.</param>
/// <param name="NextProbeAt">When one message is sent to find out whether what suspended it has ended; missing: a person resumes it.</param>
/// <param name="PausedBroadcasts">Ids of paused broadcasts.</param>
/// <param name="SegmentsPerSecond">The rate of the instance that answers: the configured one, or less after Twilio said 429.</param>
/// <param name="CallsInFlight">Calls to Twilio in flight on the instance that answers.</param>
/// <param name="CircuitBreaker">Whether calls are stopped because Twilio is away, on whichever instances send.</param>
public sealed record SendingView(
    string State,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] int? Code,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextProbeAt,
    IReadOnlyList<string> PausedBroadcasts,
    double SegmentsPerSecond,
    int CallsInFlight,
    CircuitBreakerView CircuitBreaker);

/// <param name="State"><c>closed</c>: calls are made. <c>open</c>: the provider is away, and calls are stopped but for probes.</param>
/// <param name="Instances">Instances that have stopped their calls.</param>
/// <param name="Since">Since when the first of them has.</param>
/// <param name="NextProbeAt">When the next message goes, to find out.</param>
/// <param name="Reason">What the last call failed with.</param>
public sealed record CircuitBreakerView(
    string State,
    int Instances,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextProbeAt,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Reason);

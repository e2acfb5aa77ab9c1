using BulkSms.Audit;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Queues;
using BulkSms.SendingControl;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>Stopping and starting one broadcast. In force on every instance within 5 s; what is in flight finishes. All sending: <see cref="SendingEndpoints"/>.</summary>
public sealed class ControlEndpoints(ControlTable control, BroadcastStore store, FanOutQueue fanOuts, AuditLog audit, TimeProvider time)
{
    /// <summary><c>POST /api/v1/broadcasts/{id}/pause</c>. 409 for a canceled one.</summary>
    public async Task<IResult> PauseAsync(HttpRequest request, string id)
    {
        var read = await ReasonBody.ReadAsync(request, ReasonBody.Reason);
        return read.Value is not { } given ? read.Refusal! : await ChangeAsync(
            new(request, id, AuditAction.PauseBroadcast, ControlKind.Paused, given.Text), async done =>
            {
                await control.PauseAsync(id, null, CancellationToken.None, given.Text);
                done.Say("The broadcast is paused.");
            });
    }

    /// <summary><c>POST /api/v1/broadcasts/{id}/resume</c>: the state first, then send jobs for whatever waited. Repeating it is harmless; 409 for a canceled one.</summary>
    public Task<IResult> ResumeAsync(HttpRequest request, string id) => ChangeAsync(new(request, id, AuditAction.ResumeBroadcast, null), async done =>
    {
        await control.UnpauseAsync(id, CancellationToken.None);
        done.Say("The broadcast is resumed. What waited may go on some minutes later, when the sweeper finds it.");
        await fanOuts.EnqueueAsync(id, CancellationToken.None);
    });

    /// <summary><c>POST /api/v1/broadcasts/{id}/cancel</c>: for good. Who has not been sent to is <c>canceled</c>; repeating it is harmless.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, string id) => ChangeAsync(new(request, id, AuditAction.CancelBroadcast, ControlKind.Canceled), async done =>
    {
        if (await store.TryMarkCanceledAsync(id, CancellationToken.None)) // else it has come to its end meanwhile, and the answer says so
        {
            done.Say("The broadcast is canceled, but messages of it may go out until the sweeper has canceled what waits.");
            await control.CancelAsync(id, CancellationToken.None);
            done.Say("The broadcast is canceled: nothing of it is sent after 5 s. What waits may be shown as pending for some minutes.");
            await fanOuts.EnqueueAsync(id, CancellationToken.None);
        }
    });

    // A cancellation is final: it may be made again, even when the broadcast has come to its end by it, and nothing else may follow it.
    private Task<IResult> ChangeAsync(Asked asked, Func<WorkDone, Task> change) => StorageAnswer.ChangeAsync(async done =>
    {
        var id = asked.Id;
        if (!BroadcastId.IsWellFormed(id) || await store.FindAsync(id, CancellationToken.None) is not { } broadcast)
        {
            return Problems.NoBroadcast();
        }

        var kind = (await control.ReadAsync(CancellationToken.None)).Of(id, broadcast.IsCanceled)?.Kind;
        if (kind is ControlKind.Canceled ? asked.Wanted is not ControlKind.Canceled : broadcast.CompletedAt is not null)
        {
            return Problems.InvalidState($"The broadcast is {BroadcastStatus.AsStored(broadcast, kind is ControlKind.Paused, time.GetUtcNow())}.");
        }

        return await audit.RunAsync(asked.Request, asked.Action, AuditObject.Broadcast(id), async () =>
        {
            done.Begin();
            await change(done);
            var after = await control.ReadAsync(CancellationToken.None);
            return await store.FindAsync(id, CancellationToken.None) is { } changed
                ? Results.Json(new BroadcastControlView(id, BroadcastStatus.AsStored(changed, after.IsPaused(id, changed.IsCanceled), time.GetUtcNow())))
                : Problems.NoBroadcast();
        }, asked.Reason);
    });

    private sealed record Asked(HttpRequest Request, string Id, AuditAction Action, ControlKind? Wanted, string? Reason = null);
}

/// <param name="BroadcastId">Its id.</param>
/// <param name="Status">See <see cref="BroadcastStatus"/>.</param>
public sealed record BroadcastControlView(string BroadcastId, string Status);

using System.Text.Json.Serialization;
using BulkSms.Audit;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Queues;
using BulkSms.Security;
using BulkSms.SendingControl;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>Approving and rejecting broadcasts that need it: by a caller with the role for it who has not sent the broadcast.</summary>
public sealed class ApprovalEndpoints(
    BroadcastStore store, ApprovalDecisions decisions, ControlTable control, FanOutQueue fanOuts, AuditLog audit, IOptions<AuthOptions> auth, TimeProvider time)
{
    /// <summary><c>POST /api/v1/broadcasts/{id}/approve</c>: the broadcast goes on its way. Repeating it is harmless.</summary>
    public Task<IResult> ApproveAsync(HttpRequest request, string id) =>
        DecideAsync(request, id, AuditAction.ApproveBroadcast, ApprovalStatus.Approved, "The broadcast is approved. It may go on some minutes later, when the sweeper finds it.");

    /// <summary><c>POST /api/v1/broadcasts/{id}/reject</c>: the broadcast ends as canceled, and nothing of it was sent. Repeating it is harmless.</summary>
    public Task<IResult> RejectAsync(HttpRequest request, string id) =>
        DecideAsync(request, id, AuditAction.RejectBroadcast, ApprovalStatus.Rejected, "The broadcast is rejected: nothing of it is sent.");

    private async Task<IResult> DecideAsync(HttpRequest request, string id, AuditAction action, string wanted, string said)
    {
        if (!auth.Value.IsOn)
        {
            return Problems.Forbidden($"Only a token has the role {CallerRoles.Approve}. Set {AuthOptions.Section}:{nameof(AuthOptions.Authority)} and {AuthOptions.Section}:{nameof(AuthOptions.Audience)}.");
        }

        var read = await ReasonBody.ReadAsync(request, ReasonBody.Comment);
        return read.Value is not { } comment ? read.Refusal! : await StorageAnswer.ChangeAsync(async done =>
        {
            var caller = Caller.Of(request);
            if (!BroadcastId.IsWellFormed(id) || await store.FindAsync(id, CancellationToken.None) is not { } broadcast)
            {
                return Problems.NoBroadcast();
            }

            return await RefusalAsync(decisions.Check(broadcast, caller, wanted), broadcast) ?? await audit.RunAsync(request, action, AuditObject.Broadcast(id), async () =>
            {
                done.Begin();
                var (outcome, decided) = await decisions.DecideAsync(id, caller, wanted, comment.Text, CancellationToken.None);
                if (await RefusalAsync(outcome, decided) is { } refusal)
                {
                    return refusal;
                }

                done.Say(said);
                await fanOuts.EnqueueAsync(id, CancellationToken.None);
                return Results.Json(new BroadcastControlView(id, await StatusAsync(decided!)));
            }, comment.Text);
        });
    }

    private async Task<IResult?> RefusalAsync(DecisionOutcome outcome, Broadcast? broadcast) => outcome switch
    {
        DecisionOutcome.Done => null,
        DecisionOutcome.Own => Problems.Forbidden("You have sent this broadcast: another caller has to decide on it."),
        DecisionOutcome.NotNeeded => Problems.InvalidState("The broadcast needs no approval."),
        DecisionOutcome.TooLate => Problems.InvalidState($"It is decided already, or its time is over: the broadcast is {await StatusAsync(broadcast!)}."),
        _ => Problems.NoBroadcast(),
    };

    private async Task<string> StatusAsync(Broadcast broadcast) =>
        BroadcastStatus.AsStored(broadcast, (await control.ReadAsync(CancellationToken.None)).IsPaused(broadcast.Id, broadcast.IsCanceled), time.GetUtcNow());
}

/// <summary>How it stands with the approval that a broadcast needs.</summary>
/// <param name="Status"><c>awaiting</c>, <c>approved</c>, <c>rejected</c>, <c>expired</c>; or <c>canceled</c> before it was decided.</param>
/// <param name="By">The caller who decided; null: no caller has.</param>
/// <param name="At">When it was decided, or had expired; null: it was not.</param>
/// <param name="Comment">What was said about it; null: nothing.</param>
public sealed record ApprovalView(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Comment)
{
    public static ApprovalView? Of(Broadcast broadcast) => broadcast.Approval is not { } approval ? null : new(
        approval.Status == ApprovalStatus.Awaiting && broadcast.IsCanceled ? BroadcastStatus.Canceled : approval.Status, approval.DecidedBy, approval.DecidedAt, approval.Comment);
}

using System.Globalization;
using BulkSms.Audit;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Profiles;
using BulkSms.Queues;
using BulkSms.Sending;
using BulkSms.SendingControl;
using BulkSms.Storage;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>Stopping and starting all sending. In force on every instance within 5 s; what is in flight finishes. One broadcast: <see cref="ControlEndpoints"/>.</summary>
public sealed class SendingEndpoints(
    ControlTable control, ReconciliationTable reconciliations, SuspendSending sending, SendLanes lanes, OutboundQueue outbound, ProfileCatalog profiles, AuditLog audit, TimeProvider time)
{
    /// <summary>The state is told without the queue when the queue takes longer than this.</summary>
    private static readonly TimeSpan QueuePatience = TimeSpan.FromSeconds(2);

    private const string ReconcileSince = "reconcileSince";
    private const string OfProfile = "profile";
    private const string ByOperator = "suspended by an operator";

    /// <summary><c>GET /api/v1/sending</c>: whether sending is suspended, since when and why; how far a reconciliation has come; the rate; what waits.</summary>
    public Task<IResult> GetAsync(HttpRequest request) => StorageAnswer.GuardAsync(async () =>
    {
        var measuring = MeasureAsync(request.HttpContext.RequestAborted);
        var now = await control.ReadAsync(request.HttpContext.RequestAborted);
        return Results.Json(View(now) with { Queue = await measuring });
    });

    /// <summary><c>POST /api/v1/sending/suspend?profile=</c>: stops all sending, or a profile's, for a reason perhaps. Suspending twice changes nothing: the first reason stands.</summary>
    public async Task<IResult> SuspendAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var profile = ProfileQuery.Read(profiles, request, errors)?.Name;
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var read = await ReasonBody.ReadAsync(request, ReasonBody.Reason);
        return read.Value is not { } given ? read.Refusal! : await StorageAnswer.ChangeAsync(done => audit.RunAsync(request, AuditAction.SuspendSending, AuditObject.Sending, async () =>
        {
            done.Begin();
            await control.SuspendAsync(0, given.Text ?? ByOperator, null, CancellationToken.None, profile);
            done.Say("Sending is suspended.");
            return Results.Json(View(await control.ReadAsync(CancellationToken.None)));
        }, given.Text, Detail(profile)));
    }

    /// <summary>
    /// <c>POST /api/v1/sending/resume?reconcileSince=&amp;profile=</c>: the state first, then send jobs for whatever waited. Harmless when nothing is suspended: it changes no
    /// state, and finishes what an earlier one that died has left. With a time, to which storage was restored, nothing that waits is sent before
    /// Twilio's list has shown that it was not sent since. That is a job of the sweeper's: 202, and sending goes on when it is finished. A repeat adopts the job. 409 when sending is
    /// not suspended, as what is being sent must not be called in doubt; 400 unless the time lies before the suspension. With a profile only that goes on; without one, all do.
    /// </summary>
    public async Task<IResult> ResumeAsync(HttpRequest request)
    {
        DateTimeOffset? since = null;
        var errors = new FieldErrors();
        var profile = ProfileQuery.Read(profiles, request, errors)?.Name;
        if (request.Query.TryGetValue(ReconcileSince, out var given))
        {
            if (!RequestTime.TryParse(given, out var time))
            {
                errors.Add(ReconcileSince, RequestTime.Fault);
            }

            if (profile is not null)
            {
                errors.Add(OfProfile, $"must be left out with {ReconcileSince}, which is for all sending");
            }

            since = time;
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var detail = since is { } restoredTo ? $"{ReconcileSince}: {UtcTime.Write(restoredTo)}" : Detail(profile);
        return await StorageAnswer.ChangeAsync(done => audit.RunAsync(request, AuditAction.ResumeSending, AuditObject.Sending, () => ResumeAsync(since, profile, done), detail: detail));
    }

    private static string? Detail(string? profile) => profile is null ? null : $"{OfProfile}: {profile}";

    private async Task<IResult> ResumeAsync(DateTimeOffset? reconcileSince, string? profile, WorkDone done)
    {
        if (reconcileSince is { } since)
        {
            switch (await reconciliations.StartAsync(since, done))
            {
                case (ReconciliationStart.NotSuspended, _):
                    return Problems.InvalidState("Sending is not suspended: it never was, or an earlier request has resumed it (GET /api/v1/sending). To reconcile what waits, suspend sending first.");
                case (ReconciliationStart.TooLate, var suspendedAt):
                    return TooLate(suspendedAt);
                case (ReconciliationStart.Runs, _):
                    done.Say("The reconciliation runs. Nothing is sent before it is finished, and sending may stay suspended after it.");
                    break;
            }
        }

        done.Begin();
        return await GoOnAsync(profile, done);
    }

    // While a reconciliation runs, it suspends sending by itself; what else does is taken away now, so that sending goes on when it is finished.
    private async Task<IResult> GoOnAsync(string? profile, WorkDone done)
    {
        await sending.LiftAsync(profile);
        var now = await control.ReadAsync(CancellationToken.None);
        if (now.Reconciliation is { IsRunning: true })
        {
            return Results.Json(View(now), statusCode: StatusCodes.Status202Accepted);
        }

        done.Say("Sending is resumed. What waited may go on some minutes later, when the sweeper finds it.");
        await sending.RequeueAsync();
        return Results.Json(View(now));
    }

    // What was sent before the suspension would be looked for after it, not be found, and be sent again.
    private static IResult TooLate(DateTimeOffset suspendedAt)
    {
        var errors = new FieldErrors();
        errors.Add(ReconcileSince, string.Create(CultureInfo.InvariantCulture, $"must lie before sending was suspended ({suspendedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}): it is the time that storage was restored to"));
        return Problems.Invalid(errors);
    }

    private async Task<WaitingTextsView?> MeasureAsync(CancellationToken aborted)
    {
        using var patience = new CancellationTokenSource(QueuePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, patience.Token);
        try
        {
            var (messages, oldest) = await outbound.MeasureAsync(either.Token);
            return new(messages, oldest);
        }
        catch (Exception e) when (e.IsUnavailable() || e is OperationCanceledException)
        {
            return null; // the person who asks whether sending is suspended is told that all the same
        }
    }

    private SendingView View(ControlSet now) => new(
        now.Suspension is null ? "running" : "suspended", now.Suspension?.Code, now.Suspension?.Reason, now.Suspension?.Since, now.Suspension?.NextProbeAt,
        [.. now.Broadcasts.Where(each => each.Value.Kind == ControlKind.Paused).Select(each => each.Key)], Math.Round(lanes.Of(null).Limiter.SegmentsPerSecond, 1), lanes.InFlight,
        CircuitBreakerView.Of([.. now.OpenAt(time.GetUtcNow())]), now.Reconciliation is { } reconciliation ? ReconciliationView.Of(reconciliation) : null,
        Profiles: profiles.All.Count == 1 ? null : [.. profiles.All.Select(profile => ProfileSendingView.Of(profile.Name, now.SuspensionOf(profile.Name), lanes.Of(profile.Name).Limiter.SegmentsPerSecond))]);
}

using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>Shows a broadcast with its progress, and when it will be finished.</summary>
public sealed class GetBroadcast(
    BroadcastStore store, RecipientTable recipients, CountProgress counts, RecipientPages pages, ControlTable controls, CurrentPrices prices, ForecastBroadcast forecasts, TimeProvider time)
{
    /// <summary><c>GET /api/v1/broadcasts/{id}</c>: counts by status, progress, times; of a completed one as they are stored with it, else counted, or as they were counted last. 304 when nothing has changed.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id) => StorageAnswer.GuardAsync(async () =>
        BroadcastId.IsWellFormed(id) && await store.FindWithoutRecipientsAsync(id, request.HttpContext.RequestAborted) is { } broadcast
            ? await ShowAsync(broadcast, request.HttpContext.RequestAborted)
            : Problems.NoBroadcast());

    private async Task<IResult> ShowAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var reading = controls.ReadAsync(cancellation);
        var progress = await counts.OfAsync(broadcast, cancellation);
        var held = await reading;
        var isOthers = await pages.IsOthersAsync(broadcast, cancellation);
        var forecast = await forecasts.OfAsync(broadcast, progress, StoppedBy(broadcast, held, isOthers) ?? CutOff(broadcast, held, progress, now), cancellation);
        var soFar = CostEstimate.Of(progress.Billed!, (await prices.GetAsync()).For(broadcast.Profile, broadcast.Extras));
        var view = BroadcastView.Of(broadcast, progress, soFar, held.Of(broadcast.Id, broadcast.IsCanceled), forecast, now, isOthers ? HeldFor.Account : null) with { Clicks = await ClicksView.CountAsync(recipients, broadcast, cancellation) };
        return new WithHeaders(new ConditionalJson<BroadcastView>(view), PollAfter.Header(view, now));
    }

    private static string? StoppedBy(Broadcast broadcast, ControlSet held, bool isOthers) =>
        broadcast.AwaitsApproval ? DelayCause.Approval
        : held.SuspensionOf(broadcast.Profile) is not null ? DelayCause.Suspended
        : held.IsPaused(broadcast.Id, broadcast.IsCanceled) ? DelayCause.Pause
        : isOthers ? DelayCause.Account
        : null;

    // Where only some instances do not reach the provider, the others send.
    private static string? CutOff(Broadcast broadcast, ControlSet held, BroadcastProgress progress, DateTimeOffset now) =>
        progress.SentLately == 0 && !(broadcast.SendAt > now) && held.OpenAt(now).Any(circuit => circuit.Profile == broadcast.Profile) ? DelayCause.CircuitBreaker : null;
}

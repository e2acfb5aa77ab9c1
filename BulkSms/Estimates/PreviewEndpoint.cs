using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.Lists;
using BulkSms.OptOuts;
using BulkSms.Profiles;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.Segments;
using BulkSms.Sending;
using BulkSms.Unreachable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Estimates;

/// <summary>Tells what a broadcast would be. Nothing is stored or sent.</summary>
public sealed class PreviewEndpoint(
    RequestReader reader,
    OptOutCache optOuts,
    UnreachableNumbers unreachable,
    PreviewKnowledge knowledge,
    ApprovalRule approval,
    SendingRates rates,
    IOptions<BroadcastOptions> options,
    TimeProvider time)
{
    /// <summary>Characters shown at most.</summary>
    private const int ShownCharacters = 20;

    /// <summary><c>POST /api/v1/broadcasts/preview?row=&amp;skipped=</c>: reads what <c>POST /api/v1/broadcasts</c> reads, with the same faults; 200 with the estimate, and some texts.</summary>
    public async Task<IResult> PreviewAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var row = RowQuery.Read(request, errors);
        var shown = SkippedQuery.Read(request, errors);
        var read = await reader.ReadAsync(request, errors, RowQuery.Name, SkippedQuery.Name);
        if (read.Value is not { } broadcast)
        {
            return read.Refusal!;
        }

        return await StorageAnswer.GuardAsync(async () =>
        {
            var timed = TimedRequest.Of(broadcast, time.GetUtcNow(), options.Value.ExpireAfter, (await optOuts.RecentAsync()).Since, await unreachable.RecentAsync());
            var prices = (await knowledge.PricesAsync()).For(broadcast.Terms.Profile);
            var samples = new PreviewSamples(broadcast, timed, prices);
            var asked = row is { } place ? samples.Of(place) : null;
            if (row is { } missing && asked is null && !timed.Errors.Any)
            {
                timed.Errors.Add(RowQuery.Name, RowQuery.ErrorOf(timed.Skipped, missing, broadcast.Places.AreLines));
            }

            return timed.Errors.Any
                ? Problems.Invalid(timed.Errors)
                : Results.Json(View(broadcast, timed, shown, asked is null ? samples.Chosen() : [asked], prices, await knowledge.OfAsync(broadcast, timed, Caller.Of(request), request.HttpContext.RequestAborted)));
        });
    }

    private PreviewView View(
        BroadcastRequest request, TimedRequest timed, int shown, IReadOnlyList<SampleView> samples, PriceList prices, PreviewFacts known)
    {
        var weights = timed.Recipients.Weights(request.Segments.Count).ToArray();
        var cost = CostEstimate.Of(weights, prices);
        var pool = new DrainPool(rates.Of(request.Terms.Profile), known.Ahead ?? 0, time.GetUtcNow());
        var drain = DrainEstimate.Of(timed.Times, weights, pool, request.Terms.Canary);
        ListWarning[] warnings = [.. request.Warnings ?? [], .. TextWarnings.Of(request, timed, options.Value, known.Before), .. CountryWarnings.Of(request, timed, cost, known.Permissions)];
        return new(
            timed.Recipients.Count,
            request.Recipients.Duplicates,
            timed.OptedOut,
            timed.Invalid,
            timed.KnownBad,
            [.. timed.Skipped.Take(shown).Select(entry => SkippedView.Of(entry, request.Places.AreLines))],
            SegmentsView.Of(request.Segments, drain.Segments),
            Ucs2Characters(request, timed.Recipients),
            SmartEncodingEstimate.Of(request, timed.Recipients, prices),
            [.. cost.Countries.Select(CountryView.Of)],
            CostView.Of(cost, request.Terms.MaxCost),
            DrainView.Of(drain, known.Ahead, DrainDelays.Of(drain, timed.Times, weights, pool, request.Terms.Canary)),
            known.Limits,
            samples,
            warnings.Length == 0 ? null : warnings,
            approval.Asks(timed, cost) ? true : null,
            Profile.Shown(request.Terms.Profile));
    }

    private static IReadOnlyList<string> Ucs2Characters(BroadcastRequest request, Addressees recipients) => request.Segments.Encoding is SmsEncoding.Gsm7
        ? []
        : Segments.Ucs2Characters.In(request.Terms.Template is null ? [request.Message] : recipients.Select(recipient => recipient.Text!), ShownCharacters);
}

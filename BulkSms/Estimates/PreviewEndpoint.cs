using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Segments;
using BulkSms.Sending;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Estimates;

/// <summary>Tells what a broadcast would be. Nothing is stored or sent.</summary>
public sealed class PreviewEndpoint(
    RequestReader reader,
    OptOutCache optOuts,
    IOptions<PriceOptions> prices,
    IOptions<SendingOptions> sending,
    IOptions<BroadcastOptions> options,
    TimeProvider time)
{
    /// <summary>Characters shown at most.</summary>
    private const int ShownCharacters = 20;

    /// <summary><c>POST /api/v1/broadcasts/preview</c>: reads what <c>POST /api/v1/broadcasts</c> reads, with the same faults; 200 with the estimate.</summary>
    public async Task<IResult> PreviewAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var read = await reader.ReadAsync(request, errors);
        if (read.Value is not { } broadcast)
        {
            return read.Refusal!;
        }

        var now = time.GetUtcNow();
        if (broadcast.ExpiresAt <= now)
        {
            return Problems.Invalid(broadcast.Terms.Stale());
        }

        return await StorageAnswer.GuardAsync(async () => Results.Json(View(broadcast, await optOuts.RecentAsync(), now)));
    }

    private PreviewView View(BroadcastRequest request, OptOutSet optedOut, DateTimeOffset now)
    {
        var recipients = request.Recipients.Without(optedOut.Contains);
        var cost = CostEstimate.Of(recipients.Weights(request.Segments.Count), prices.Value);
        var segments = cost.Countries.Sum(country => country.Segments);
        var due = request.SendAt > now ? request.SendAt.Value : now;
        var drain = new DrainEstimate(segments, sending.Value.SegmentsPerSecond, due, request.ExpiresAt ?? due + options.Value.ExpireAfter);
        return new(
            recipients.Count,
            request.Recipients.Duplicates,
            request.Recipients.Unique.Count - recipients.Count,
            request.Invalid,
            SegmentsView.Of(request.Segments, segments),
            Ucs2Characters(request, recipients),
            [.. cost.Countries.Select(CountryView.Of)],
            CostView.Of(cost, request.Terms.MaxCost),
            DrainView.Of(drain));
    }

    private static IReadOnlyList<string> Ucs2Characters(BroadcastRequest request, Addressees recipients) => request.Segments.Encoding is SmsEncoding.Gsm7
        ? []
        : Segments.Ucs2Characters.In(request.Terms.Template is null ? [request.Message] : recipients.Select(recipient => recipient.Text!), ShownCharacters);
}

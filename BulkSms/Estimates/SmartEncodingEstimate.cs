using BulkSms.Broadcasts.Requests;
using BulkSms.Messages;
using BulkSms.Recipients;
using BulkSms.Segments;

namespace BulkSms.Estimates;

/// <summary>Compares the texts of a request with and without smart encoding.</summary>
internal static class SmartEncodingEstimate
{
    /// <summary>Compares them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="recipients">Whom it reaches.</param>
    /// <param name="prices">The prices.</param>
    /// <returns>Null when smart encoding is not enabled and would save nothing, and where segments are not known.</returns>
    public static SmartEncodingView? Of(BroadcastRequest request, Addressees recipients, PriceList prices)
    {
        var isEnabled = request.Terms.SmartEncoding;
        if ((!isEnabled && request.Segments.Encoding is SmsEncoding.Gsm7) || !request.Terms.Extras.HasSegments)
        {
            return null;
        }

        var (tally, before, after) = (new ReplacementTally(), new Sum(), new Sum());
        if (request.Terms.Template is null)
        {
            var plain = FinishedText.Of(request.Terms.Written, smartEncoding: false);
            var (one, other) = (MessageSegments.Of(plain), MessageSegments.Of(SmartEncoding.Of(plain, tally)));
            foreach (var (to, _) in recipients.Weights(0))
            {
                before.Add(to, one);
                after.Add(to, other);
            }
        }
        else
        {
            foreach (var (to, plain) in recipients.PlainTexts())
            {
                before.Add(to, MessageSegments.Of(plain));
                after.Add(to, MessageSegments.Of(SmartEncoding.Of(plain, tally)));
            }
        }

        return isEnabled || after.Total < before.Total
            ? new(isEnabled, [.. tally.Counts.Select(ReplacementView.Of)], tally.Unchanged, before.View(prices), after.View(prices), isEnabled ? null : Hint(before.Total, after.Total))
            : null;
    }

    private static string Hint(long before, long after) =>
        FormattableString.Invariant($"With smartEncoding set to true it takes {after} {(after == 1 ? "segment" : "segments")} instead of {before}.");

    /// <summary>What texts come to.</summary>
    private sealed class Sum
    {
        private readonly SegmentsByCountry countries = new();
        private MessageSegments largest;

        public long Total { get; private set; }

        public void Add(string to, MessageSegments segments)
        {
            countries.Add(to, segments.Count);
            Total += segments.Count;
            largest = largest.Or(segments);
        }

        public EncodedView View(PriceList prices) => new(SegmentsView.Of(largest, Total, MessageExtras.None), CostView.Of(CostEstimate.Of(countries, prices), maxCost: null));
    }
}

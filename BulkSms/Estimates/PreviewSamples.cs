using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Messages;
using BulkSms.Recipients;
using BulkSms.Segments;

namespace BulkSms.Estimates;

/// <summary>Texts of a request as they would be sent: that of one recipient, or the first, the longest and the dearest.</summary>
/// <param name="request">The request.</param>
/// <param name="timed">Whom it reaches.</param>
/// <param name="prices">The prices.</param>
internal sealed class PreviewSamples(BroadcastRequest request, TimedRequest timed, PriceList prices)
{
    /// <summary>Time zones that a reason names.</summary>
    private const int ShownZones = 3;

    /// <summary>That of the recipient of a row; null: there is none.</summary>
    /// <param name="row">Its line or index.</param>
    public SampleView? Of(int row) => timed.Recipients.IndexOfPlace(row) is { } index ? View(index, [RowQuery.Name]) : null;

    /// <summary>The first, the longest and the dearest, each recipient once.</summary>
    public IReadOnlyList<SampleView> Chosen() => timed.Recipients.Count == 0 ? [] :
    [
        .. new[] { ("first", 0), ("longest", Longest()), ("dearest", Dearest()) }
            .GroupBy(each => each.Item2, each => each.Item1).Select(each => View(each.Key, [.. each])),
    ];

    // Of the texts with the most segments: no other is made.
    private int Longest()
    {
        if (request.Recipients.Texts is null)
        {
            return 0;
        }

        var (longest, length) = (0, 0);
        foreach (var (index, (_, segments)) in timed.Recipients.Weights(0).Index())
        {
            if (segments == request.Segments.Count && TextOf(timed.Recipients[index]).Length is var characters && characters > length)
            {
                (longest, length) = (index, characters);
            }
        }

        return longest;
    }

    private int Dearest()
    {
        var (dearest, highest) = (0, (Cost: -1m, Segments: -1));
        foreach (var (index, (to, segments)) in timed.Recipients.Weights(request.Segments.Count).Index())
        {
            var costs = (prices.Of(PhoneNumber.CountryOf(to)) * segments ?? 0, segments);
            if (costs.CompareTo(highest) > 0)
            {
                (dearest, highest) = (index, costs);
            }
        }

        return dearest;
    }

    private SampleView View(int index, string[] chosen)
    {
        var recipient = timed.Recipients[index];
        var (text, country, time, isFile) = (TextOf(recipient), PhoneNumber.CountryOf(recipient.To), timed.Times.For(recipient.To, index, timed.Recipients.Count), request.Places.AreLines);
        var (extras, counted) = (request.Terms.Extras, MessageSegments.Of(text));
        var (isText, hasSegments) = (extras.ContentSid is null, extras.HasSegments);
        return new(
            chosen,
            isFile ? recipient.Place : null,
            isFile ? null : recipient.Place,
            recipient.Reference,
            recipient.To,
            isText ? text : null,
            isText ? text.Length : null,
            hasSegments ? SegmentsView.NameOf(counted.Encoding) : null,
            hasSegments ? counted.Count : null,
            country,
            Amount.Short(prices.Of(country) * counted.Count),
            time.DueAt,
            Why(time),
            time.ExpiresAt,
            isText ? null : ContentVariables.Read(text));
    }

    private string TextOf(Addressee recipient) => recipient.Text ?? request.Message;

    private string Why(SendTime time)
    {
        var begins = (request.SendAt >= timed.Times.Begins, timed.Times.Over) switch
        {
            (_, { } over) => $"by its place in the list, which is spread over {SpreadDuration.Write(over)}",
            (true, _) => "as sendAt says",
            _ => "at once",
        };
        if (time.DueAt == timed.Times.Begins || time.Zones is not { } zones)
        {
            return begins;
        }

        var names = string.Join(", ", zones.Zones.Take(ShownZones).Select(zone => zone.Id)) + (zones.Zones.Count > ShownZones ? FormattableString.Invariant($" and {zones.Zones.Count - ShownZones} more") : "");
        return (timed.Times.Over is null ? "" : $"{begins}, ") + $"outside the quiet hours {timed.Times.Quiet}, by the clock of {names}";
    }
}

using System.Globalization;
using BulkSms.Broadcasts;

namespace BulkSms.Api;

/// <summary>When it is worth asking for a broadcast again. Each answer counts its recipients, so a large one is asked for less often.</summary>
public static class PollAfter
{
    private const int RecipientsPerSecond = 5000; // that an answer counts, at least
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Resting = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSchedule = TimeSpan.FromHours(1);

    /// <summary>The header <c>Retry-After</c>; none when the broadcast is final.</summary>
    public static (string Name, string Value)[] Header(BroadcastView view, DateTimeOffset now) =>
        BroadcastStatus.IsFinal(view.Status) ? [] : [("Retry-After", Math.Ceiling(Wait(view, now).TotalSeconds).ToString(CultureInfo.InvariantCulture))];

    private static TimeSpan Wait(BroadcastView view, DateTimeOffset now)
    {
        var counting = TimeSpan.FromSeconds(Math.Clamp(view.RecipientsCount / RecipientsPerSecond, Shortest.TotalSeconds, Longest.TotalSeconds));
        return view.Status switch
        {
            BroadcastStatus.Scheduled when view.SendAt - now is { } left && left > counting => left < LongestSchedule ? left : LongestSchedule,
            BroadcastStatus.Paused or BroadcastStatus.Finishing or BroadcastStatus.AwaitingApproval when counting < Resting => Resting,
            _ => counting,
        };
    }
}

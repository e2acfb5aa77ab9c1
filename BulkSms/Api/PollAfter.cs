using System.Globalization;
using BulkSms.Broadcasts;

namespace BulkSms.Api;

/// <summary>When it is worth asking for a broadcast again. Each answer counts its recipients, so a large one is asked for less often.</summary>
public static class PollAfter
{
    private const int RecipientsPerSecond = 5000; // that an answer counts, at least
    private const int AgePerWait = 10;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Resting = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSchedule = TimeSpan.FromHours(1);

    /// <summary>The header <c>Retry-After</c>; none when the broadcast is final.</summary>
    public static (string Name, string Value)[] Header(BroadcastView view, DateTimeOffset now) => BroadcastStatus.IsFinal(view.Status)
        ? []
        : [("Retry-After", Math.Ceiling(Wait(view.Status, view.RecipientsCount, view.CreatedAt, view.SendAt, now).TotalSeconds).ToString(CultureInfo.InvariantCulture))];

    /// <summary>How long to wait.</summary>
    /// <param name="status">Of <see cref="BroadcastStatus"/>, not final.</param>
    /// <param name="recipients">How many are counted by an answer.</param>
    /// <param name="created">When the broadcast was accepted.</param>
    /// <param name="sendAt">When it is due; null: at once.</param>
    /// <param name="now">The time.</param>
    public static TimeSpan Wait(string status, int recipients, DateTimeOffset created, DateTimeOffset? sendAt, DateTimeOffset now)
    {
        var counting = TimeSpan.FromSeconds(Math.Clamp(recipients / RecipientsPerSecond, Shortest.TotalSeconds, Longest.TotalSeconds));
        var age = now - (sendAt > created ? sendAt.Value : created);
        return status switch
        {
            BroadcastStatus.Scheduled when sendAt - now is { } left && left > counting => left < LongestSchedule ? left : LongestSchedule,
            BroadcastStatus.Paused or BroadcastStatus.AwaitingApproval when counting < Resting => Resting,
            BroadcastStatus.Finishing when counting < Resting => TimeSpan.FromTicks(Math.Clamp(age.Ticks / AgePerWait, counting.Ticks, Resting.Ticks)), // most callbacks come within seconds
            _ => counting,
        };
    }
}

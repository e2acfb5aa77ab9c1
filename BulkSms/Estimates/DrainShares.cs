using BulkSms.Broadcasts;

namespace BulkSms.Estimates;

/// <summary>Recipients who may be texted at the same times.</summary>
internal sealed class DrainShare(SendTime time)
{
    public SendTime Time => time;

    public int Recipients { get; private set; }

    public long Segments { get; private set; }

    public void Add(int recipients, long segments)
    {
        Recipients += recipients;
        Segments += segments;
    }
}

/// <summary>The recipients of a broadcast, by the times at which they may be texted.</summary>
internal sealed class DrainShares
{
    private const int SpreadSteps = 100;
    private readonly Dictionary<SendTime, DrainShare> shares = [];

    public IReadOnlyCollection<DrainShare> All => shares.Values;

    /// <summary>When the last recipient is due.</summary>
    public DateTimeOffset? LastDue { get; private set; }

    /// <summary>The shares of recipients that can all be reached in time.</summary>
    /// <param name="times">When each may be texted.</param>
    /// <param name="messages">Each one's number and what its message weighs.</param>
    /// <param name="canary">The first part that is sent alone; null: there is none.</param>
    public static DrainShares Of(SendTimes times, IReadOnlyCollection<(string To, int Segments)> messages, Canary? canary)
    {
        var (shares, first) = (new DrainShares(), messages.Count > 1 ? canary?.CountOf(messages.Count) ?? 0 : 0);
        foreach (var (index, (to, segments)) in messages.Index())
        {
            var due = index < first ? times.For(to) : Later(times.For(to, index - first, messages.Count - first), first > 0 ? canary!.For : TimeSpan.Zero);
            shares.Add(due, times.Begins, times.Over, 1, segments);
        }

        return shares;
    }

    /// <summary>Adds recipients.</summary>
    /// <param name="time">When they may be texted, with a moment at which they are due.</param>
    /// <param name="begins">When the first of the broadcast are due.</param>
    /// <param name="over">How long the broadcast is spread over; null: it is not.</param>
    /// <param name="recipients">How many.</param>
    /// <param name="segments">Of all of them.</param>
    public void Add(SendTime time, DateTimeOffset begins, TimeSpan? over, int recipients, long segments)
    {
        LastDue = LastDue > time.DueAt ? LastDue : time.DueAt;
        var rounded = Rounded(time, begins, over);
        if (!shares.TryGetValue(rounded, out var share))
        {
            shares.Add(rounded, share = new(rounded));
        }

        share.Add(recipients, segments);
    }

    private static SendTime Later(SendTime time, TimeSpan by) => time with { DueAt = time.DueAt + by };

    // What is spread is due at as many times as there are recipients: a hundred steps are enough to tell how it drains.
    private static SendTime Rounded(SendTime time, DateTimeOffset begins, TimeSpan? over) => over is not { } length || time.DueAt is not { } due
        ? time
        : time with { DueAt = begins + (length / SpreadSteps * Math.Floor((due - begins) / (length / SpreadSteps))) };
}

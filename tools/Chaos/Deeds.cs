using System.Collections.Concurrent;
using BulkSms.Chaos.Actors;

namespace BulkSms.Chaos;

/// <summary>What the actors of one run did, as they saw it. Safe for many at once.</summary>
public sealed class Deeds
{
    private int kills;
    private int freezes;
    private int queueFaults;
    private int replays;
    private int outages;

    /// <summary>When nothing was to be sent.</summary>
    public ConcurrentQueue<HeldTime> Held { get; } = [];

    public int Kills => Volatile.Read(ref kills);

    /// <summary>Times that a host was frozen.</summary>
    public int Freezes => Volatile.Read(ref freezes);

    /// <summary>How each host that was told to stop has ended; null: it did not.</summary>
    public ConcurrentQueue<(int ExitCode, TimeSpan Took)?> Ends { get; } = [];

    /// <summary>Requests that were not answered as they must be, for as long as was waited.</summary>
    public ConcurrentQueue<string> Unanswered { get; } = [];

    /// <summary>What came while storage was away and was not repeated.</summary>
    public ConcurrentQueue<UnheardStop> Unheard { get; } = [];

    /// <summary>Numbers whose last word was STOP, and whose old START was sent again.</summary>
    public ConcurrentQueue<string> Left { get; } = [];

    /// <summary>Approvals and rejections that were asked for.</summary>
    public ConcurrentQueue<Decision> Decisions { get; } = [];

    /// <summary>Broadcasts that were asked to be resumed.</summary>
    public ConcurrentQueue<Resumption> Resumptions { get; } = [];

    /// <summary>Numbers of people who are erased.</summary>
    public ConcurrentQueue<string> Erased { get; } = [];

    /// <summary>Outages of Twilio.</summary>
    public int Outages => Volatile.Read(ref outages);

    public int QueueFaults => Volatile.Read(ref queueFaults);

    /// <summary>Replays that were asked for, whatever the answer was.</summary>
    public int Replays => Volatile.Read(ref replays);

    public void Killed(int hosts) => Interlocked.Add(ref kills, hosts);

    public void Froze() => Interlocked.Increment(ref freezes);

    public void QueueAbused() => Interlocked.Increment(ref queueFaults);

    public void TwilioWentAway() => Interlocked.Increment(ref outages);

    public void Replayed() => Interlocked.Increment(ref replays);
}

/// <summary>An approval or a rejection that was asked for.</summary>
/// <param name="BroadcastId">Of which broadcast.</param>
/// <param name="IsApproval">Else it is a rejection.</param>
/// <param name="IsMakers">Whether the caller that sent the broadcast asked for it.</param>
/// <param name="At">Just before it was asked for.</param>
public sealed record Decision(string BroadcastId, bool IsApproval, bool IsMakers, DateTimeOffset At)
{
    /// <summary>Whether an answer said that it is made.</summary>
    public bool IsMade { get; set; }
}

/// <summary>A broadcast was asked to be resumed.</summary>
/// <param name="BroadcastId">Which.</param>
/// <param name="From">Just before it was asked for.</param>
public sealed record Resumption(string BroadcastId, DateTimeOffset From)
{
    /// <summary>When the answer had come; far away: none came.</summary>
    public DateTimeOffset Until { get; set; } = DateTimeOffset.MaxValue;
}

namespace BulkSms.Sending.Pool;

/// <summary>The times of the shared rate: see "The shared rate" in docs/architecture.md. What they must be to one another stands beside each.</summary>
public sealed record PoolTimes
{
    public static readonly PoolTimes Default = new();

    /// <summary>Twilio's pool is used to the rate over this long.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>The times of a test, in which all is shorter; of a window none is.</summary>
    public PoolTimes Scaled(double factor) => this with
    {
        Renewal = Renewal * factor,
        Retry = Retry * factor,
        Patience = Patience * factor,
        Lease = Lease * factor,
        Wait = Wait * factor,
        Rejoin = Rejoin * factor,
        Gone = Gone * factor,
    };

    /// <summary>How often an instance renews its row.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How soon a renewal is tried again that storage did not answer.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a renewal may take before it is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A share is used for so long after its renewal was begun.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>After so long each instance that still uses a share has read what was written: above <see cref="Lease"/>, by the time that a change may leave unused.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What others have given up is taken this much later: the difference between <see cref="Wait"/> and <see cref="Lease"/>.</summary>
    public TimeSpan Gap => Wait - Lease;

    /// <summary>An instance that has not renewed its row for so long begins anew: below <see cref="Gone"/>.</summary>
    public TimeSpan Rejoin { get; init; } = TimeSpan.FromSeconds(4.5);

    /// <summary>A row that was seen unchanged for so long counts no more: above <see cref="Lease"/>.</summary>
    public TimeSpan Gone { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>By storage's clock a row of this age is of an instance that has not sent for longer than <see cref="Window"/>, whatever the clock is wrong by.</summary>
    public TimeSpan Old { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An instance that has sent nothing for so long takes its row away: at least <see cref="Window"/>.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(11);
}

/// <summary>A moment by both clocks of a machine: the monotonic one may stand still while it is suspended, the wall clock may be set.</summary>
/// <param name="Time">Monotonic, since any fixed moment.</param>
/// <param name="Wall">The wall clock.</param>
public readonly record struct Moment(TimeSpan Time, DateTimeOffset Wall)
{
    /// <summary>How long ago another was, by the clock that says more.</summary>
    public TimeSpan Since(Moment earlier) => Time - earlier.Time is var monotonic && Wall - earlier.Wall is var wall && wall > monotonic ? wall : monotonic;
}

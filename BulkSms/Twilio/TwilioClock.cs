namespace BulkSms.Twilio;

/// <summary>Our clock beside Twilio's, by one call.</summary>
/// <param name="Date">Its header Date, in whole seconds.</param>
/// <param name="AskedAt">When the call began, by ours.</param>
/// <param name="Took">How long it took.</param>
public sealed record TwilioClock(DateTimeOffset Date, DateTimeOffset AskedAt, TimeSpan Took)
{
    private static readonly TimeSpan HalfASecond = TimeSpan.FromSeconds(0.5);

    /// <summary>How far our clock is ahead of Twilio's, as far as can be told: its date was written at some time of the call, and cuts the second off.</summary>
    public TimeSpan Ahead => AskedAt + (Took / 2) - (Date + HalfASecond);

    /// <summary>How far it is off at least; never below nothing.</summary>
    public TimeSpan OffAtLeast => Ahead.Duration() - (Took / 2) - HalfASecond is var off && off > TimeSpan.Zero ? off : TimeSpan.Zero;
}

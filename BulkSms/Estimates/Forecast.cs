namespace BulkSms.Estimates;

/// <summary>When a broadcast that was accepted will be finished.</summary>
/// <param name="CompletesAt">When the last message is handed over; null when some expire before, nothing waits, or it cannot be told.</param>
/// <param name="Expiring">About how many recipients' messages expire before their turn comes.</param>
/// <param name="Delays">What makes it later, the longest delay first.</param>
public sealed record Forecast(DateTimeOffset? CompletesAt, int Expiring, IReadOnlyList<Delay> Delays)
{
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(5);

    /// <summary>When something would be finished otherwise moves with the time of asking.</summary>
    private static readonly TimeSpan Coarsest = TimeSpan.FromHours(1);

    /// <summary>Nothing waits, or it cannot be told.</summary>
    public static Forecast None { get; } = new(null, 0, []);

    /// <summary>Something stops it: when it goes on cannot be told.</summary>
    /// <param name="cause">One of <see cref="DelayCause"/>.</param>
    public static Forecast Stopped(string cause) => new(null, 0, [new(cause, null)]);

    /// <summary>The same with times in steps, the coarser the farther away they are, or the more a delay costs: so that an answer that says nothing new stays as it was.</summary>
    public Forecast InSteps(DateTimeOffset now) => this with
    {
        CompletesAt = CompletesAt is { } end ? Up(end, StepOf(end - now, Coarse)) : null,
        Delays = [.. Delays.Select(delay => delay.CompletesAt is { } without ? delay with { CompletesAt = Up(without, CompletesAt is { } with ? StepOf(with - without, Coarsest) : StepOf(without - now, Coarsest)) } : delay)],
    };

    private static TimeSpan StepOf(TimeSpan away, TimeSpan most) => away switch
    {
        { TotalMinutes: < 2 } => TimeSpan.FromSeconds(5),
        { TotalHours: < 1 } => TimeSpan.FromMinutes(1),
        { TotalHours: < 8 } => Coarse,
        _ => most,
    };

    private static DateTimeOffset Up(DateTimeOffset time, TimeSpan step) => new((time.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks, TimeSpan.Zero);
}

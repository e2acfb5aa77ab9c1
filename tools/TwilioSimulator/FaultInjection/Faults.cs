namespace BulkSms.TwilioSimulator;

/// <summary>Everything that can be made to go wrong. Thread-safe, settable while calls are running; by default nothing does.</summary>
public sealed class Faults
{
    private static readonly string[] AllStatuses =
    [
        MessageStatuses.Queued, MessageStatuses.Sending, MessageStatuses.Sent, MessageStatuses.Delivered,
        MessageStatuses.Undelivered, MessageStatuses.Failed, MessageStatuses.Canceled, MessageStatuses.Read,
    ];

    private readonly FaultPlan _plan;
    private volatile IReadOnlyCollection<string> _callbackStatuses = AllStatuses;
    private volatile Func<string, string>? _rewriteText;
    private volatile Fault? _outage;

    internal Faults(Chance chance)
    {
        Chance = chance;
        _plan = new FaultPlan(chance);
    }

    /// <summary>
    /// Twilio is away: every call meets this fault, lists and fetches too, before anything that is planned. Default none. Where even the connection is to be refused, see
    /// <see cref="TwilioServer.CloseAsync"/>.
    /// </summary>
    public Fault? Outage
    {
        get => _outage;
        set => _outage = value;
    }

    /// <summary>Time that every API call takes before it is processed. Default zero.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>At most this much is added to <see cref="Latency"/>, evenly spread. Default zero.</summary>
    public TimeSpan LatencyJitter { get; set; }

    /// <summary>Create calls a second; more are refused with 429 and 20429. Default 0: no limit.</summary>
    public int RateLimit { get; set; }

    /// <summary>Create calls at once; more are refused with 429 and 20429. Default 0: no limit.</summary>
    public int MaxConcurrency { get; set; }

    /// <summary>Seconds in the Retry-After header of a 429. Default 0: no such header, as with Twilio.</summary>
    public int RetryAfterSeconds { get; set; }

    /// <summary>The statuses that are called back. Default all but the initial one.</summary>
    public IReadOnlyCollection<string> CallbackStatuses
    {
        get => _callbackStatuses;
        set => _callbackStatuses = value.ToHashSet();
    }

    /// <summary>Time between one status and the next. Default 20 ms.</summary>
    public TimeSpan CallbackDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Late, repeated, reordered, lost and early callbacks.</summary>
    public CallbackFaults Callbacks { get; } = new();

    /// <summary>Messages created less than this ago are missing from lists. Default zero.</summary>
    public TimeSpan ListLag { get; set; }

    /// <summary>Each message is missing from lists, with this probability, for <see cref="ListMissFor"/>: they come from a replica that is behind. Default 0.</summary>
    public double ListMissProbability { get; set; }

    /// <summary>How long after its call arrived a message may be missing from lists, beside <see cref="ListLag"/>. Default zero.</summary>
    public TimeSpan ListMissFor { get; set; }

    /// <summary>Added to every date shown; may be negative. Default zero.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>Dates are shown in whole minutes. Default false.</summary>
    public bool TruncateSeconds { get; set; }

    /// <summary>Alters the body that lists and fetches show. Default none.</summary>
    public Func<string, string>? RewriteText
    {
        get => _rewriteText;
        set => _rewriteText = value;
    }

    internal Chance Chance { get; }

    /// <summary>The next <paramref name="count"/> create calls meet <paramref name="fault"/>. Adds to what is planned already.</summary>
    public void FailNext(int count, Fault fault) => _plan.AddNext(count, fault);

    /// <summary>
    /// The next <paramref name="count"/> create calls for a number meet <paramref name="fault"/>. Goes before <see cref="FailNext"/>.
    /// </summary>
    public void FailFor(string to, int count, Fault fault) => _plan.AddFor(to, count, fault);

    /// <summary>Each create call meets <paramref name="fault"/> with a probability from 0 to 1. Comes after what is planned.</summary>
    public void FailRandomly(double probability, Fault fault) => _plan.AddRandom(probability, fault);

    /// <summary>The next <paramref name="count"/> lists and fetches meet <paramref name="fault"/>.</summary>
    public void FailNextReads(int count, Fault fault) => _plan.AddNextReads(count, fault);

    /// <summary>Back to no faults at all.</summary>
    public void Clear()
    {
        _plan.Clear();
        Outage = null;
        Callbacks.Clear();
        Latency = LatencyJitter = ListLag = ListMissFor = ClockSkew = TimeSpan.Zero;
        ListMissProbability = 0;
        RateLimit = MaxConcurrency = RetryAfterSeconds = 0;
        CallbackStatuses = AllStatuses;
        CallbackDelay = TimeSpan.FromMilliseconds(20);
        TruncateSeconds = false;
        RewriteText = null;
    }

    internal Fault? ForCreate(string to) => Outage ?? _plan.ForCreate(to);

    internal Fault? ForRead() => Outage ?? _plan.ForRead();

    /// <summary>Whether a list of now leaves out a message that belongs in it.</summary>
    internal bool Misses(SimulatedMessage message, DateTimeOffset now) =>
        now - message.ArrivedAt < ListMissFor && message.IsMissed(() => Chance.Hits(ListMissProbability));

    internal TimeSpan NextLatency() => Latency + Chance.UpTo(LatencyJitter);

    /// <summary>A date as this Twilio would show it.</summary>
    internal DateTimeOffset Shown(DateTimeOffset date)
    {
        var skewed = date + ClockSkew;
        return TruncateSeconds ? skewed.AddTicks(-(skewed.Ticks % TimeSpan.TicksPerMinute)) : skewed;
    }
}

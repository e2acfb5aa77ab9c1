namespace BulkSms.TwilioSimulator;

/// <summary>Everything that was accepted and every create call that arrived. Thread-safe; recording is O(1).</summary>
public sealed class MessageLog
{
    private readonly Lock _gate = new();
    private readonly List<SimulatedMessage> _messages = [];
    private readonly List<CreateCall> _calls = [];
    private readonly Dictionary<string, SimulatedMessage> _bySid = [];
    private readonly Dictionary<string, NumberLog> _byNumber = [];
    private int _inFlight;
    private int _maxConcurrentCalls;

    /// <summary>Told of each create call when it has arrived, before anything comes of it. Default none. The call waits for it.</summary>
    public Action<CreateCall>? OnCall { get; set; }

    /// <summary>A copy of all accepted messages, oldest first.</summary>
    public IReadOnlyList<SimulatedMessage> All => Read(() => _messages.ToArray());

    /// <summary>A copy of all create calls, accepted or refused, oldest first.</summary>
    public IReadOnlyList<CreateCall> Calls => Read(() => _calls.ToArray());

    /// <summary>How many messages were accepted.</summary>
    public int Accepted => Read(() => _messages.Count);

    /// <summary>How many create calls arrived.</summary>
    public int TotalCalls => Read(() => _calls.Count);

    /// <summary>The most create calls that were in progress at once.</summary>
    public int MaxConcurrentCalls => Volatile.Read(ref _maxConcurrentCalls);

    /// <summary>The most messages accepted for any one number: 1 if no recipient was texted twice.</summary>
    public int MaxAcceptedPerNumber => Read(() => _byNumber.Values.Select(number => number.Messages.Count).DefaultIfEmpty().Max());

    /// <summary>How many messages were accepted for a number.</summary>
    public int CountFor(string to) => Read(() => _byNumber.GetValueOrDefault(to)?.Messages.Count ?? 0);

    /// <summary>The messages accepted for a number, oldest first.</summary>
    public IReadOnlyList<SimulatedMessage> For(string to) => Read(() => _byNumber.GetValueOrDefault(to)?.Messages.ToArray() ?? []);

    /// <summary>The create calls for a number, accepted or refused, oldest first.</summary>
    public IReadOnlyList<CreateCall> CallsFor(string to) => Read(() => _byNumber.GetValueOrDefault(to)?.Calls.ToArray() ?? []);

    /// <summary>The message with a SID, or null.</summary>
    public SimulatedMessage? Find(string sid) => Read(() => _bySid.GetValueOrDefault(sid));

    internal int InFlight => Volatile.Read(ref _inFlight);

    internal void Add(CreateCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            Number(call.To).Calls.Add(call);
        }

        OnCall?.Invoke(call);
    }

    internal void Add(SimulatedMessage message)
    {
        lock (_gate)
        {
            message.Sequence = _messages.Count;
            _messages.Add(message);
            _bySid.Add(message.Sid, message);
            Number(message.To).Messages.Add(message);
        }
    }

    internal int CallBegins()
    {
        var now = Interlocked.Increment(ref _inFlight);
        for (var max = MaxConcurrentCalls; now > max; max = MaxConcurrentCalls)
        {
            Interlocked.CompareExchange(ref _maxConcurrentCalls, now, max);
        }

        return now;
    }

    internal void CallEnds() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Newest first, from the message before <paramref name="before"/> on, as many as fit.</summary>
    internal List<SimulatedMessage> Newest(string? to, SimulatedMessage? before, int count, Func<SimulatedMessage, bool> matches)
    {
        lock (_gate)
        {
            var source = to is null ? _messages : _byNumber.GetValueOrDefault(to)?.Messages ?? [];
            var page = new List<SimulatedMessage>();
            for (var i = source.Count - 1; i >= 0 && page.Count < count; i--)
            {
                if ((before is null || source[i].Sequence < before.Sequence) && matches(source[i]))
                {
                    page.Add(source[i]);
                }
            }

            return page;
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _messages.Clear();
            _calls.Clear();
            _bySid.Clear();
            _byNumber.Clear();
            _maxConcurrentCalls = _inFlight;
        }
    }

    private NumberLog Number(string to)
    {
        if (!_byNumber.TryGetValue(to, out var number))
        {
            _byNumber.Add(to, number = new NumberLog());
        }

        return number;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private sealed class NumberLog
    {
        public List<SimulatedMessage> Messages { get; } = new(1);

        public List<CreateCall> Calls { get; } = new(1);
    }
}

namespace BulkSms.TwilioSimulator;

/// <summary>Which call gets which fault: first those for its number, then the next in line, then chance.</summary>
internal sealed class FaultPlan(Chance chance)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Turn> _next = new();
    private readonly LinkedList<Turn> _nextReads = new();
    private readonly Dictionary<string, LinkedList<Turn>> _byNumber = [];
    private readonly List<(double Probability, Fault Fault)> _random = [];

    public void AddNext(int count, Fault fault) => Add(_next, count, fault);

    public void AddNextReads(int count, Fault fault) => Add(_nextReads, count, fault);

    public void AddRandom(double probability, Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        lock (_gate)
        {
            _random.Add((probability, fault));
        }
    }

    public void AddFor(string to, int count, Fault fault)
    {
        lock (_gate)
        {
            if (!_byNumber.TryGetValue(to, out var turns))
            {
                _byNumber.Add(to, turns = new LinkedList<Turn>());
            }

            Add(turns, count, fault);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _next.Clear();
            _nextReads.Clear();
            _byNumber.Clear();
            _random.Clear();
        }
    }

    public Fault? ForCreate(string to)
    {
        lock (_gate)
        {
            return (_byNumber.TryGetValue(to, out var turns) ? Take(turns) : null) ?? Take(_next) ?? Chosen();
        }
    }

    public Fault? ForRead()
    {
        lock (_gate)
        {
            return Take(_nextReads);
        }
    }

    private Fault? Chosen()
    {
        foreach (var (probability, fault) in _random)
        {
            if (chance.Hits(probability))
            {
                return fault;
            }
        }

        return null;
    }

    private static Fault? Take(LinkedList<Turn> turns)
    {
        if (turns.First is not { } first)
        {
            return null;
        }

        if (--first.Value.Left == 0)
        {
            turns.RemoveFirst();
        }

        return first.Value.Fault;
    }

    private void Add(LinkedList<Turn> turns, int count, Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            turns.AddLast(new Turn(fault) { Left = count });
        }
    }

    private sealed class Turn(Fault fault)
    {
        public Fault Fault => fault;

        public int Left { get; set; }
    }
}

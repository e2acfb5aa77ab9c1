namespace BulkSms.Chaos.Storage;

/// <summary>Decides by chance what the proxy does to a call, by kind of operation; and tells named points, so that a process can be killed there.</summary>
/// <param name="random">Seeded; used under a lock.</param>
/// <param name="longestDelay">How long a call is held at most.</param>
public sealed class StorageFaults(Random random, TimeSpan longestDelay)
{
    private static readonly StorageFaultKind[] Kinds = Enum.GetValues<StorageFaultKind>()[1..];
    private readonly Lock @lock = new();
    private readonly Dictionary<StorageOperation, double> rates = [];
    private (Func<StorageCall, bool> Matches, Action<StorageCall> Act)? killPoint;
    private bool isAway;
    private int made;

    /// <summary>How many calls were broken.</summary>
    public int Made => Volatile.Read(ref made);

    /// <summary>The next call that matches is held while the action runs; then it is applied or not, by chance, and the caller is not told.</summary>
    public void Arm(Func<StorageCall, bool> matches, Action<StorageCall> act)
    {
        lock (@lock)
        {
            killPoint = (matches, act);
        }
    }

    /// <summary>Afterwards the action runs no more.</summary>
    public void Disarm()
    {
        lock (@lock)
        {
            killPoint = null;
        }
    }

    /// <summary>From now on nothing reaches storage.</summary>
    public void GoAway()
    {
        lock (@lock)
        {
            isAway = true;
        }
    }

    /// <summary>Takes <see cref="GoAway"/> back.</summary>
    public void ComeBack()
    {
        lock (@lock)
        {
            isAway = false;
        }
    }

    /// <summary>Draws a rate from 0 to the highest for each kind of operation; half of them are spared.</summary>
    public void Draw(double highest)
    {
        lock (@lock)
        {
            foreach (var operation in Enum.GetValues<StorageOperation>())
            {
                rates[operation] = random.NextDouble() < 0.5 ? 0 : random.NextDouble() * highest;
            }
        }
    }

    public void Clear()
    {
        lock (@lock)
        {
            rates.Clear();
            killPoint = null;
        }
    }

    public CallFault Decide(StorageCall call)
    {
        lock (@lock)
        {
            if (isAway)
            {
                made++;
                return random.Next(2) == 0 ? StorageFaultKind.CutBefore : StorageFaultKind.BusyBefore;
            }

            if (killPoint is { } point && point.Matches(call))
            {
                killPoint = null;
                point.Act(call);
                return new(random.Next(2) == 0 ? StorageFaultKind.ApplyThenCut : StorageFaultKind.CutBefore);
            }

            if (random.NextDouble() >= rates.GetValueOrDefault(call.Operation))
            {
                return default;
            }

            made++;
            return new(Kinds[random.Next(Kinds.Length)], longestDelay * random.NextDouble());
        }
    }
}

namespace BulkSms.Chaos.Storage;

/// <summary>Decides by chance what the proxy does to a call, by kind of operation; and tells named points, so that a process can be killed there.</summary>
/// <param name="random">Seeded; used under a lock.</param>
public sealed class StorageFaults(Random random)
{
    private static readonly StorageFaultKind[] Kinds =
        [StorageFaultKind.CutBefore, StorageFaultKind.ApplyThenCut, StorageFaultKind.BusyBefore, StorageFaultKind.ApplyThenBusy];

    private readonly Lock @lock = new();
    private readonly Dictionary<StorageOperation, double> rates = [];
    private int made;

    /// <summary>How many calls were broken.</summary>
    public int Made => Volatile.Read(ref made);

    private (Func<StorageCall, bool> Matches, Action Act)? killPoint;

    /// <summary>The next call that matches is held while the action runs; then it is applied or not, by chance, and nobody is told.</summary>
    public void Arm(Func<StorageCall, bool> matches, Action act)
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

    /// <summary>Draws a rate from 0 to the highest for each kind of operation.</summary>
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

    public StorageFaultKind Decide(StorageCall call)
    {
        lock (@lock)
        {
            if (killPoint is { } point && point.Matches(call))
            {
                killPoint = null;
                point.Act();
                return random.Next(2) == 0 ? StorageFaultKind.ApplyThenCut : StorageFaultKind.CutBefore;
            }

            if (random.NextDouble() >= rates.GetValueOrDefault(call.Operation))
            {
                return StorageFaultKind.None;
            }

            made++;
            return Kinds[random.Next(Kinds.Length)];
        }
    }
}

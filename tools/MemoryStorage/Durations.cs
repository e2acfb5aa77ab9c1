namespace BulkSms.MemoryStorage;

/// <summary>Durations, all of them up to a million.</summary>
public sealed class Durations
{
    private const int Most = 1_000_000;
    private readonly Lock @lock = new();
    private readonly List<float> milliseconds = [];

    public void Add(TimeSpan duration)
    {
        lock (@lock)
        {
            if (milliseconds.Count < Most)
            {
                milliseconds.Add((float)duration.TotalMilliseconds);
            }
        }
    }

    /// <summary>Takes what there is and begins anew.</summary>
    public IReadOnlyList<float> Take()
    {
        lock (@lock)
        {
            float[] taken = [.. milliseconds];
            milliseconds.Clear();
            return taken;
        }
    }
}

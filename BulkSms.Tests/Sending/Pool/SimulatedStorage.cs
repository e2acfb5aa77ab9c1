using System.Globalization;
using BulkSms.Sending.Pool;

namespace BulkSms.Tests.Sending.Pool;

/// <summary>A table whose calls take their time, are lost, or are applied though they fail, even late.</summary>
internal sealed class SimulatedStorage(SimulatedPool pool)
{
    private readonly Dictionary<string, (ShareRow Row, string Version, TimeSpan At)> rows = new(StringComparer.Ordinal);
    private long version;

    /// <summary>How many of its calls go wrong.</summary>
    public double Faults { get; set; }

    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="known">The version that it must have; null: it must not be there.</param>
    /// <param name="patience">How long the caller waits.</param>
    /// <param name="answered">The answer: its version, or null: refused, or not known.</param>
    public void Write(ShareRow row, string? known, TimeSpan patience, Action<string?> answered)
    {
        var (latency, isLost, answerIsLost) = (Latency(), IsFault(), IsFault());
        string? written = null;
        if (!isLost)
        {
            pool.At(pool.Now + (latency * pool.Random.NextDouble()), () =>
            {
                if (rows.TryGetValue(row.Instance, out var there) ? there.Version == known : known is null)
                {
                    rows[row.Instance] = (row, written = (++version).ToString(CultureInfo.InvariantCulture), pool.Now);
                }
            });
        }

        var fails = isLost || answerIsLost || latency > patience;
        pool.At(pool.Now + (fails ? patience : latency), () => answered(fails ? null : written));
    }

    /// <summary>Reads all rows, each as it is at any time from now until the answer.</summary>
    public void Read(TimeSpan patience, Action<IReadOnlyCollection<ShareReading>?> answered)
    {
        var (latency, fails) = (Latency(), IsFault());
        var first = Snapshot();
        pool.At(pool.Now + (fails || latency > patience ? patience : latency), () => answered(fails || latency > patience ? null : Mix(first, Snapshot())));
    }

    public void Delete(string instance, string? known)
    {
        if (rows.TryGetValue(instance, out var there) && there.Version == known)
        {
            rows.Remove(instance);
        }
    }

    private List<ShareReading> Mix(List<ShareReading> first, List<ShareReading> last)
    {
        var mixed = new List<ShareReading>();
        foreach (var each in first)
        {
            if (pool.Chance(0.5))
            {
                mixed.Add(each);
            }
            else if (Find(last, each.Row.Instance) is { } later)
            {
                mixed.Add(later);
            }
        }

        mixed.AddRange(last.Where(each => Find(first, each.Row.Instance) is null && pool.Chance(0.5)));
        return mixed;
    }

    private static ShareReading? Find(List<ShareReading> readings, string instance) => readings.Find(each => each.Row.Instance == instance);

    private List<ShareReading> Snapshot()
    {
        var snapshot = new List<ShareReading>(rows.Count);
        foreach (var (_, (row, written, at)) in rows)
        {
            snapshot.Add(new(row, written, pool.Now - at));
        }

        return snapshot;
    }

    private bool IsFault() => !pool.IsCalm && pool.Chance(Faults);

    private TimeSpan Latency() => pool.IsCalm || !pool.Chance(Faults) ? pool.Between(0.002, 0.03) : pool.Between(0.1, 4);
}

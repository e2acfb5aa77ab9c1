namespace BulkSms.Http;

/// <summary>All faults of a request by JSON path; keeps the first 100 and counts the rest.</summary>
public sealed class FieldErrors
{
    /// <summary>Faults that a problem document lists.</summary>
    public const int Shown = 100;

    private readonly List<(string Path, string Fault)> faults = [];

    public int Count { get; private set; }

    public bool Any => Count > 0;

    public IReadOnlyDictionary<string, string[]> First => faults
        .GroupBy(fault => fault.Path, fault => fault.Fault, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    public void Add(string path, string fault)
    {
        if (Count < Shown)
        {
            faults.Add((path, fault));
        }

        Count++;
    }
}

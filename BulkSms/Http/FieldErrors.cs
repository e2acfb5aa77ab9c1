namespace BulkSms.Http;

/// <summary>All errors of a request by JSON path; keeps the first 100 and counts the rest.</summary>
public sealed class FieldErrors
{
    /// <summary>Errors that a problem document lists.</summary>
    public const int Shown = 100;

    private readonly List<(string Path, string Error)> errors = [];

    public int Count { get; private set; }

    public bool Any => Count > 0;

    public IReadOnlyDictionary<string, string[]> First => errors
        .GroupBy(each => each.Path, each => each.Error, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    public void Add(string path, string error)
    {
        if (Count < Shown)
        {
            errors.Add((path, error));
        }

        Count++;
    }

    /// <summary>Keeps the place of an error whose words are known only later.</summary>
    public int Reserve()
    {
        if (Count < Shown)
        {
            errors.Add(("", ""));
        }

        return Count++;
    }

    /// <summary>Says what stands at a place that was kept.</summary>
    public void Fill(int reserved, string path, string error)
    {
        if (reserved < errors.Count)
        {
            errors[reserved] = (path, error);
        }
    }
}

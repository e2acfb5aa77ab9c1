using BulkSms.Lists;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The warnings of one list, the first of them.</summary>
public sealed class ListWarnings
{
    private const int Most = 20;
    private readonly List<ListWarning> all = [];

    /// <summary>Null: there is none.</summary>
    public IReadOnlyList<ListWarning>? All => all.Count == 0 ? null : all;

    /// <summary>Adds one.</summary>
    public void Add(string place, string text)
    {
        if (all.Count < Most)
        {
            all.Add(new(place, text));
        }
    }
}

using System.Globalization;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Numbers without + and country code, where nothing names their country: one error for all of them, with the country that the list suggests.</summary>
internal sealed class NationalNumbers
{
    private const int Kept = 20;
    private readonly List<ListEntry> first = [];
    private string path = "";
    private string error = "";
    private int count;

    public bool Any => count > 0;

    /// <summary>What the column of the numbers is called; null: it has no name.</summary>
    public string? Header { get; set; }

    /// <summary>Adds one.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="at">Where its number stands.</param>
    /// <param name="text">Its error.</param>
    public void Add(in ListEntry entry, string at, string text)
    {
        if (count++ == 0)
        {
            (path, error) = (at, text);
        }

        if (first.Count < Kept)
        {
            first.Add(entry);
        }
    }

    /// <summary>The error, at the first of them.</summary>
    /// <param name="others">The numbers of the list that say their country.</param>
    public (string Path, string Text) Tell(IReadOnlyList<string> others)
    {
        var proposed = RegionProposal.Of(first, others, Header);
        var more = count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $". So have {count - 1} other entries");
        return (path, $"{error}{more}{(proposed is null ? "" : $". {proposed}")}");
    }
}

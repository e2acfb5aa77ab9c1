using System.Globalization;
using BulkSms.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Numbers without + and country code, where nothing names their country: one error for all of them, with the country that the list suggests.</summary>
internal sealed class NationalNumbers
{
    private const int Kept = 20;
    private readonly List<ListEntry> first = [];
    private string path = "";
    private string error = "";
    private int count;
    private int? reserved;

    /// <summary>What the column of the numbers is called; null: it has no name.</summary>
    public string? Header { get; set; }

    /// <summary>Adds one.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="at">Where its number stands.</param>
    /// <param name="text">Its error.</param>
    /// <param name="errors">Keeps its place among others; null: it is none.</param>
    public void Add(in ListEntry entry, string at, string text, FieldErrors? errors)
    {
        if (count++ == 0)
        {
            (path, error) = (at, text);
            reserved = errors?.Reserve();
        }

        if (first.Count < Kept)
        {
            first.Add(entry);
        }
    }

    /// <summary>Tells of all of them at the first.</summary>
    /// <param name="others">The numbers of the list that say their country.</param>
    /// <param name="errors">Takes the error, where its place was kept.</param>
    /// <param name="otherwise">Takes it else.</param>
    public void Tell(IReadOnlyList<string> others, FieldErrors errors, Action<string, string> otherwise)
    {
        if (count == 0)
        {
            return;
        }

        var proposed = RegionProposal.Of(first, others, Header);
        var more = count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $". {(count == 2 ? "1 other entry has" : $"{count - 1} other entries have")} the same error");
        var text = $"{error}{more}{(proposed is null ? "" : $". {proposed}")}";
        if (reserved is { } place)
        {
            errors.Fill(place, path, text);
        }
        else
        {
            otherwise(path, text);
        }
    }
}

namespace BulkSms.Broadcasts.Requests;

/// <summary>Where a request names its recipients.</summary>
/// <param name="Paths">How errors name them.</param>
/// <param name="Places">Of each recipient where it was named: see <see cref="ListEntry.Place"/>.</param>
public sealed record RecipientPlaces(ListPaths Paths, IReadOnlyList<int> Places)
{
    /// <summary>Whether places are lines of a file or rows of a sheet; else they are indexes of an array.</summary>
    public bool AreLines => Paths is not JsonPaths;

    /// <summary>How an error names all of them.</summary>
    public string PathOfAll => Paths.OfAll;

    /// <summary>How an error names one of them.</summary>
    /// <param name="index">Among the recipients.</param>
    public string PathOf(int index) => Paths.OfEntry(Places[index]);
}

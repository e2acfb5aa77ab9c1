namespace BulkSms.Broadcasts.Requests;

/// <summary>Where a request names its recipients.</summary>
/// <param name="Paths">How errors name them.</param>
/// <param name="Places">Of each unique recipient where it was named first: see <see cref="ListEntry.Place"/>.</param>
public sealed record RecipientPlaces(ListPaths Paths, IReadOnlyList<int> Places)
{
    /// <summary>How an error names all of them.</summary>
    public string PathOfAll => Paths.OfAll;

    /// <summary>How an error names one of them.</summary>
    /// <param name="index">Among the unique ones.</param>
    public string PathOf(int index) => Paths.OfEntry(Places[index]);
}

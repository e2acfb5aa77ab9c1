using System.Globalization;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Where a request names its recipients.</summary>
/// <param name="JsonPath">Of the array that they are in; null: they are lines of a file.</param>
/// <param name="Places">Of each unique recipient where it was named first: its index in the array, or its line.</param>
public sealed record RecipientPlaces(string? JsonPath, IReadOnlyList<int> Places)
{
    /// <summary>How an error names all of them.</summary>
    public string PathOfAll => JsonPath ?? RecipientCollector.Recipients;

    /// <summary>How an error names one of them.</summary>
    /// <param name="index">Among the unique ones.</param>
    public string PathOf(int index) => JsonPath is null
        ? RecipientCollector.Line(Places[index])
        : string.Create(CultureInfo.InvariantCulture, $"{JsonPath}[{Places[index]}]");
}

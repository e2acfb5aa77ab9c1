using System.Collections;

namespace BulkSms.Recipients;

/// <summary>How many messages and segments go to which country. One thread at a time.</summary>
public sealed class SegmentsByCountry : IEnumerable<(string Country, int Recipients, long Segments)>
{
    private readonly Dictionary<string, (int Recipients, long Segments)> sums = new(StringComparer.Ordinal);

    /// <summary>Adds one message.</summary>
    /// <param name="to">E.164.</param>
    /// <param name="segments">Its billed parts.</param>
    public void Add(string to, int segments) => Add(PhoneNumber.CountryOf(to), 1, segments);

    /// <summary>Adds what others have counted.</summary>
    public void Add(SegmentsByCountry others)
    {
        foreach (var (country, recipients, segments) in others)
        {
            Add(country, recipients, segments);
        }
    }

    public IEnumerator<(string Country, int Recipients, long Segments)> GetEnumerator() =>
        sums.Select(each => (each.Key, each.Value.Recipients, each.Value.Segments)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds what was counted before.</summary>
    /// <param name="country">The country.</param>
    /// <param name="recipients">Messages.</param>
    /// <param name="segments">Segments of all of them.</param>
    public void Add(string country, int recipients, long segments)
    {
        var sum = sums.GetValueOrDefault(country);
        sums[country] = (sum.Recipients + recipients, sum.Segments + segments);
    }
}

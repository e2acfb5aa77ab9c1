using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// The country that an entry itself names, in a column or member of its data. A number without one is in <c>defaultRegion</c>; where the entry says another country, and the number is valid there, it
/// could be read in two ways: Vienna's 0664 1234567 is a landline in Germany.
/// </summary>
/// <param name="rules">How numbers are read.</param>
internal sealed class CountryColumn(NumberRules rules)
{
    private const int MaxKnown = 2000;

    private static readonly HashSet<string> Names = new[]
    {
        "country", "country code", "country name", "nation", "land", "länderkennung", "staat", "pays", "país", "paese", "nazione", "kraj", "maa", "země", "ülke", "țara", "страна", "країна", "χώρα", "بلد", "الدولة",
        "calling code", "country calling code", "dial code", "dialing code", "country dial code", "phone code", "phone country code", "ländervorwahl", "landesvorwahl", "landvorwahl", "indicatif", "indicatif pays", "prefijo país",
        "código país", "código de país", "código do país", "codice paese", "prefisso paese", "landcode", "landnummer", "kierunkowy kraju", "ארץ", "מדינה", "देश", "negara", "quốc gia", "国家", "國家", "国", "국가",
    }.Select(ForgivingName.KeyOf).ToHashSet(StringComparer.Ordinal);

    private readonly Dictionary<string, bool> names = new(StringComparer.Ordinal); // the columns of a file come with each row
    private readonly Dictionary<string, string?> regions = new(StringComparer.Ordinal);

    /// <summary>The region that an entry names; null: it names none.</summary>
    public static string? RegionOf(in ListEntry entry)
    {
        foreach (var (name, value) in entry.Data ?? [])
        {
            if (Names.Contains(ForgivingName.KeyOf(name)))
            {
                return CountryNames.RegionOf(value);
            }
        }

        return null;
    }

    /// <summary>Why the number of an entry could be two; null: it could not.</summary>
    public string? ErrorOf(in ListEntry entry)
    {
        if (rules.DefaultRegion is null || entry.Number is not { } text || text.Contains('+', StringComparison.Ordinal) || KnownRegionOf(entry) is not { } region || region == rules.DefaultRegion)
        {
            return null;
        }

        return PhoneNumber.TryParse(text, rules, out var here, out _) && PhoneNumber.TryParse(text, new(region, Strict: true) { AnyType = true }, out var there, out _) && here != there
            ? NumberErrors.InTwoCountries(here.Value, rules.DefaultRegion, there.Value, region)
            : null;
    }

    private string? KnownRegionOf(in ListEntry entry)
    {
        for (var i = 0; i < entry.Data?.Count; i++)
        {
            var (name, value) = entry.Data[i];
            if (Known(names, name, each => Names.Contains(ForgivingName.KeyOf(each))))
            {
                return Known(regions, value, CountryNames.RegionOf);
            }
        }

        return null;
    }

    private static T Known<T>(Dictionary<string, T> known, string key, Func<string, T> find)
    {
        if (!known.TryGetValue(key, out var value))
        {
            value = find(key);
            if (known.Count < MaxKnown)
            {
                known[key] = value;
            }
        }

        return value;
    }
}

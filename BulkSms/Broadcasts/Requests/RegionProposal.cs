using BulkSms.Lists;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// The country that a list suggests for its numbers without one: by a column of countries, by its other numbers, or by the language of its header; and only if the numbers are valid
/// there. It is proposed, never taken.
/// </summary>
internal static class RegionProposal
{
    private const int Looked = 1000;

    private static readonly Dictionary<string, string[]> ByLanguage = new(StringComparer.Ordinal)
    {
        ["en"] = ["US", "GB", "IE", "AU", "NZ", "ZA", "IN"],
        ["de"] = ["DE", "AT", "CH"],
        ["es"] = ["ES", "MX", "CO", "AR", "PE", "CL"],
        ["fr"] = ["FR", "BE", "CH"],
        ["pt"] = ["BR", "PT"],
        ["it"] = ["IT", "CH"],
        ["nl"] = ["NL", "BE"],
        ["pl"] = ["PL"],
        ["sv"] = ["SE"],
        ["da"] = ["DK"],
        ["nb"] = ["NO"],
        ["fi"] = ["FI"],
        ["cs"] = ["CZ"],
        ["tr"] = ["TR"],
        ["ro"] = ["RO"],
        ["ru"] = ["RU", "KZ"],
        ["uk"] = ["UA"],
        ["el"] = ["GR", "CY"],
        ["ar"] = ["SA", "AE", "EG", "MA", "JO"],
        ["he"] = ["IL"],
        ["hi"] = ["IN"],
        ["id"] = ["ID"],
        ["vi"] = ["VN"],
        ["zh"] = ["CN", "TW", "HK"],
        ["ja"] = ["JP"],
        ["ko"] = ["KR"],
    };

    /// <summary>The proposal in words; null: the list suggests no country.</summary>
    /// <param name="entries">Entries with a number without a country.</param>
    /// <param name="others">The numbers of the list that say their country.</param>
    /// <param name="header">What the column of the numbers is called; null: it has no name.</param>
    public static string? Of(IReadOnlyList<ListEntry> entries, IReadOnlyList<string> others, string? header)
    {
        var byColumn = MostOf(entries.Select(entry => CountryColumn.RegionOf(entry)));
        var byOthers = MostOf(others.Take(Looked).Select(PhoneNumber.CountryOf).Where(NumberRules.IsRegion));
        string[] byHeader = [.. (header is null ? null : NumberColumnNames.LanguagesOf(header) ?? [""])?.SelectMany(language => ByLanguage.GetValueOrDefault(language.Length == 0 ? "en" : language) ?? []).Distinct(StringComparer.Ordinal).Where(region => Fits(entries, region)) ?? []];
        return byColumn is not null && Fits(entries, byColumn) ? $"The column of countries suggests defaultRegion {byColumn}"
            : byOthers is not null && Fits(entries, byOthers) ? $"The other numbers suggest defaultRegion {byOthers}"
            : byHeader.Length > 0 ? $"They are valid numbers with defaultRegion {string.Join(" or ", byHeader)}"
            : null;
    }

    private static bool Fits(IReadOnlyList<ListEntry> entries, string region)
    {
        var rules = new NumberRules(region, Strict: true) { AnyType = true }; // a landline is of its country, too
        return entries.Count(entry => PhoneNumber.TryParse(entry.Number ?? "", rules, out _, out _)) * 10 >= entries.Count * 9;
    }

    private static string? MostOf(IEnumerable<string?> regions) =>
        regions.OfType<string>().GroupBy(region => region, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
}

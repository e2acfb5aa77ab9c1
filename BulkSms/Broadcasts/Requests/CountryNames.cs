using System.Collections.Frozen;
using BulkSms.Common;
using BulkSms.Recipients;
using NodaTime.TimeZones;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Countries as lists name them: by code, in English, and some as they call themselves.</summary>
internal static class CountryNames
{
    private static readonly (string Region, string Names)[] Own =
    [
        ("DE", "Deutschland;Allemagne;Alemania;Germania;Duitsland;D;DEU"), ("AT", "Österreich;Autriche;Austria;A;AUT"), ("CH", "Schweiz;Suisse;Svizzera;Suiza;CHE"),
        ("US", "USA;United States of America;U.S.A.;Vereinigte Staaten;États-Unis;Estados Unidos;Stati Uniti;America"), ("GB", "UK;United Kingdom;Great Britain;England;Scotland;Wales;Northern Ireland;Großbritannien;Vereinigtes Königreich;Royaume-Uni;Reino Unido;Regno Unito;GBR"),
        ("FR", "Frankreich;Francia;France;Frankrijk;FRA;F"), ("ES", "España;Spanien;Espagne;Spagna;ESP;E"), ("IT", "Italia;Italien;Italie;ITA;I"), ("PT", "Portugal;PRT;P"),
        ("NL", "Nederland;Niederlande;Pays-Bas;Holland;Países Bajos;NLD"), ("BE", "België;Belgique;Belgien;Bélgica;BEL;B"), ("PL", "Polska;Polen;Pologne;Polonia;POL"), ("SE", "Sverige;Schweden;Suède;SWE"),
        ("DK", "Danmark;Dänemark;Danemark;DNK"), ("NO", "Norge;Norwegen;Norvège;NOR"), ("FI", "Suomi;Finnland;Finlande;FIN"), ("CZ", "Česko;Česká republika;Tschechien;Czech Republic;Czechia;CZE"), ("TR", "Türkiye;Turkey;Türkei;Turquie;TUR"),
        ("RO", "România;Rumänien;Roumanie;ROU"), ("RU", "Россия;Russland;Russie;Russia;RUS"), ("UA", "Україна;Ukraine;UKR"), ("GR", "Ελλάδα;Griechenland;Grèce;GRC"), ("BR", "Brasil;Brasilien;Brésil;BRA"), ("MX", "México;Mexiko;Mexique;MEX"),
        ("CA", "Kanada;Canada;CAN"), ("AU", "Australien;Australie;Australia;AUS"), ("IE", "Irland;Irlande;Ireland;IRL"), ("IN", "Indien;Inde;India;भारत;IND"), ("JP", "日本;Japan;JPN"), ("CN", "中国;China;CHN"), ("KR", "대한민국;한국;South Korea;Korea;KOR"),
    ];

    private static readonly Lazy<FrozenDictionary<string, string>> Known = new(() =>
        Own.SelectMany(each => each.Names.Split(';').Select(name => (Name: name, each.Region)))
            .Concat((TzdbDateTimeZoneSource.Default.ZoneLocations ?? []).Select(zone => (Name: zone.CountryName, Region: zone.CountryCode)))
            .DistinctBy(each => ForgivingName.LettersOf(each.Name)).ToFrozenDictionary(each => ForgivingName.LettersOf(each.Name), each => each.Region, StringComparer.Ordinal));

    /// <summary>The region of a country, by its name, its code or its calling code; null: it is not known.</summary>
    public static string? RegionOf(string country) => NumberRules.RegionOf(country) ?? NumberRules.RegionOfCallingCode(country) ?? (Known.Value.TryGetValue(ForgivingName.LettersOf(country), out var region) && NumberRules.IsRegion(region) ? region : null);
}

using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Estimates;

/// <summary>What to import: <c>{"countries": ["US", "GB"]}</c>, or <c>{}</c>.</summary>
/// <param name="Countries">ISO 3166-1 alpha-2, each once; null: those that have a price.</param>
public sealed record PriceImport(IReadOnlyList<string>? Countries)
{
    private const string Name = "countries";

    public static PriceImport? Read(JsonElement root, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add("$", $"must be an object, such as {{\"{Name}\": [\"US\", \"GB\"]}}; without {Name} the countries that have a price are meant");
            return null;
        }

        foreach (var property in root.EnumerateObject().Where(property => property.Name != Name))
        {
            errors.Add($"$.{Lists.Printable.Of(property.Name)}", $"is not known here; {Name} is");
        }

        return root.TryGetProperty(Name, out var given) ? Listed(given, errors) : new((IReadOnlyList<string>?)null);
    }

    /// <summary>The answer where more countries have a price than are imported at a time.</summary>
    public static IResult TooMany(int count)
    {
        var errors = new FieldErrors();
        errors.Add($"$.{Name}", FormattableString.Invariant($"is required, with at most {ImportedPrices.Most}: {count} countries have a price"));
        return Problems.Invalid(errors);
    }

    private static PriceImport? Listed(JsonElement given, FieldErrors errors)
    {
        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() is 0 or > ImportedPrices.Most)
        {
            errors.Add($"$.{Name}", FormattableString.Invariant($"must be a list of 1 to {ImportedPrices.Most} countries"));
            return null;
        }

        var countries = new List<string>();
        foreach (var (index, each) in given.EnumerateArray().Index())
        {
            if (!JsonBody.TryGetText(each, out var text) || NumberRules.RegionOf(text) is not { } region)
            {
                errors.Add(FormattableString.Invariant($"$.{Name}[{index}]"), NumberRules.NoSuchRegion);
            }
            else if (!countries.Contains(region, StringComparer.Ordinal))
            {
                countries.Add(region);
            }
        }

        return errors.Any ? null : new(countries);
    }
}

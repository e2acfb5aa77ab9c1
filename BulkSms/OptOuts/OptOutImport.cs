using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>A list of numbers as JSON or CSV → <see cref="OptOutPhones"/>, or every fault by its path or line.</summary>
public sealed class OptOutImport(IOptions<OptOutOptions> options)
{
    private const string Phones = "phones";

    /// <summary><c>{"phones": ["+15551234567"], "defaultRegion": "US"}</c>; the region is optional.</summary>
    public OptOutPhones ReadJson(JsonElement root, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(property => property.Name is not (Phones or OptOutRegion.Name))
            || !root.TryGetProperty(Phones, out var phones) || phones.ValueKind != JsonValueKind.Array)
        {
            errors.Add("$", $"must be an object with nothing but {Phones} and {OptOutRegion.Name}, such as {{\"{Phones}\": [\"+15551234567\"]}}");
            return new(NumberRules.E164);
        }

        var rules = OptOutRegion.Read(root, errors);
        var list = new OptOutPhones(rules ?? NumberRules.E164);
        if (rules is null)
        {
            return list;
        }

        if (phones.GetArrayLength() is var count && (count == 0 || count > options.Value.MaxImport))
        {
            errors.Add($"$.{Phones}", $"must have 1 to {options.Value.MaxImport} entries; it has {count}");
        }
        else
        {
            AddEach(phones, list, errors);
        }

        return list;
    }

    /// <summary>CSV: see <see cref="OptOutCsv"/>; the region is a parameter of the query.</summary>
    public OptOutPhones ReadCsv(ReadOnlyMemory<byte> body, string? defaultRegion, FieldErrors errors)
    {
        var region = string.IsNullOrEmpty(defaultRegion) ? null : NumberRules.RegionOf(defaultRegion);
        if (region is null && !string.IsNullOrEmpty(defaultRegion))
        {
            errors.Add(OptOutRegion.Name, NumberRules.NoSuchRegion);
            return new(NumberRules.E164);
        }

        return OptOutCsv.Read(body, new(region), options.Value.MaxImport, errors);
    }

    private static void AddEach(JsonElement phones, OptOutPhones list, FieldErrors errors)
    {
        var index = 0;
        foreach (var entry in phones.EnumerateArray())
        {
            if ((JsonBody.TryGetText(entry, out var text) ? list.Add(text) : "must be a string of valid Unicode") is { } fault)
            {
                errors.Add($"$.{Phones}[{index}]", fault);
            }

            index++;
        }
    }
}

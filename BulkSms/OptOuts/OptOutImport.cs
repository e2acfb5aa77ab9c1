using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>A list of numbers as JSON or CSV → <see cref="OptOutPhones"/>, or every fault by its path or line.</summary>
public sealed class OptOutImport(IOptions<OptOutOptions> options)
{
    private const string Phones = "phones";
    private const string DefaultRegion = "defaultRegion";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary><c>{"phones": ["+15551234567"], "defaultRegion": "US"}</c>; the region is optional.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public OptOutPhones ReadJson(ReadOnlyMemory<byte> body, FieldErrors errors)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            var list = new OptOutPhones(NumberRules.E164);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || root.EnumerateObject().Any(property => property.Name is not (Phones or DefaultRegion))
                || !root.TryGetProperty(Phones, out var phones) || phones.ValueKind != JsonValueKind.Array)
            {
                errors.Add("$", $"must be an object with nothing but {Phones} and {DefaultRegion}, such as {{\"{Phones}\": [\"+15551234567\"]}}");
            }
            else if (!TryReadRules(root, out var rules))
            {
                errors.Add($"$.{DefaultRegion}", NumberRules.NoSuchRegion);
            }
            else if (phones.GetArrayLength() is var count && (count == 0 || count > options.Value.MaxImport))
            {
                errors.Add($"$.{Phones}", $"must have 1 to {options.Value.MaxImport} entries; it has {count}");
            }
            else
            {
                list = new(rules);
                AddEach(phones, list, errors);
            }

            return list;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A text is not valid Unicode.", e); // half a surrogate pair, or bytes that are not UTF-8
        }
    }

    /// <summary>CSV: see <see cref="OptOutCsv"/>; the region is a parameter of the query.</summary>
    public OptOutPhones ReadCsv(ReadOnlyMemory<byte> body, string? defaultRegion, FieldErrors errors)
    {
        var region = string.IsNullOrEmpty(defaultRegion) ? null : NumberRules.RegionOf(defaultRegion);
        if (region is null && !string.IsNullOrEmpty(defaultRegion))
        {
            errors.Add(DefaultRegion, NumberRules.NoSuchRegion);
            return new(NumberRules.E164);
        }

        return OptOutCsv.Read(body, new(region), options.Value.MaxImport, errors);
    }

    private static bool TryReadRules(JsonElement root, out NumberRules rules)
    {
        var isGiven = root.TryGetProperty(DefaultRegion, out var value);
        var region = isGiven && value.ValueKind == JsonValueKind.String ? NumberRules.RegionOf(value.GetString()!) : null;
        rules = new(region);
        return !isGiven || region is not null;
    }

    private static void AddEach(JsonElement phones, OptOutPhones list, FieldErrors errors)
    {
        var index = 0;
        foreach (var entry in phones.EnumerateArray())
        {
            if ((entry.ValueKind == JsonValueKind.String ? list.Add(entry.GetString()!) : "must be a string") is { } fault)
            {
                errors.Add($"$.{Phones}[{index}]", fault);
            }

            index++;
        }
    }
}

using System.Text.Json;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>A list of numbers as JSON, or as any file that a broadcast is read from → <see cref="OptOutPhones"/>, or every fault by its path or line.</summary>
public sealed class OptOutImport(IOptions<OptOutOptions> options)
{
    public const string Phones = "phones";

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

    /// <summary>A file: see <see cref="ListFiles"/>. How it is read is said by parameters of the query, or by the fields of its form.</summary>
    /// <param name="file">The file.</param>
    /// <param name="source">What its sender says of it.</param>
    /// <param name="fields">Said by its sender: <c>defaultRegion</c>, <c>numberColumn</c>, <c>sheet</c>, <c>hiddenRows</c>.</param>
    /// <param name="errors">Takes the errors.</param>
    /// <param name="cancellation">Stops reading.</param>
    internal async Task<OptOutPhones> ReadFileAsync(Stream file, ListSource source, IRequestFields fields, FieldErrors errors, CancellationToken cancellation)
    {
        var read = ListOptions.Read(fields, errors);
        if (RegionOf(fields, errors) is not { } rules || errors.Any)
        {
            return new(NumberRules.E164);
        }

        // To list a number that a filter hides texts no one.
        var list = new OptOutPhones(rules);
        var sink = new OptOutListSink(list, rules, errors);
        await ListFiles.ReadAsync(file, source, read.Hidden == HiddenRows.Ask ? read with { Hidden = HiddenRows.Include } : read, sink, options.Value.MaxImport, cancellation);
        sink.End(Phones);
        list.Warnings = sink.Warnings;
        return list;
    }

    private static NumberRules? RegionOf(IRequestFields fields, FieldErrors errors)
    {
        if (!fields.TryFind(OptOutRegion.Name, out var field) || !field.TryGetText(out var text) || text.Length == 0)
        {
            return NumberRules.E164;
        }

        if (NumberRules.RegionOf(text) is { } region)
        {
            return new(region);
        }

        errors.Add(fields.PathOf(OptOutRegion.Name), NumberRules.NoSuchRegion);
        return null;
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

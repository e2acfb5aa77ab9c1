using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;

namespace BulkSms.Retention.People;

/// <summary>
/// A request about one person: <c>{"phone": "+15551234567"}</c>, or <c>to</c> as recipients are written, with <c>defaultRegion</c> perhaps; to erase, with <c>keepOptOut</c>. The number stands in the body,
/// as addresses are logged.
/// </summary>
/// <param name="Phone">E.164.</param>
/// <param name="KeepOptOut">Whether the person is not texted after the erasure.</param>
public sealed record PersonRequest(string Phone, bool KeepOptOut)
{
    private const string Name = "phone";
    private const string OtherName = "to";
    private const string Region = "defaultRegion";
    private const string Keep = "keepOptOut";

    /// <summary>Reads a request for an export.</summary>
    public static PersonRequest? ReadExport(JsonElement root, FieldErrors errors) => Read(root, errors, [Name, OtherName, Region]);

    /// <summary>Reads a request for an erasure.</summary>
    public static PersonRequest? ReadErase(JsonElement root, FieldErrors errors) => Read(root, errors, [Name, OtherName, Region, Keep]);

    private static PersonRequest? Read(JsonElement root, FieldErrors errors, string[] known)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add("$", $"must be an object with {Name}, such as {{\"{Name}\": \"+15551234567\"}}");
            return null;
        }

        foreach (var property in root.EnumerateObject().Where(property => !known.Contains(property.Name, StringComparer.Ordinal)))
        {
            errors.Add($"$.{Lists.Printable.Of(property.Name)}", $"is not known here; {string.Join(", ", known)} are");
        }

        var rules = RulesOf(root, errors);
        var number = rules is null ? null : NumberOf(root, rules, errors);
        var keep = true;
        if (root.TryGetProperty(Keep, out var value) && known.Contains(Keep, StringComparer.Ordinal))
        {
            keep = value.ValueKind != JsonValueKind.False;
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                errors.Add($"$.{Keep}", "must be true or false");
            }
        }

        return errors.Any || number is null ? null : new(number, keep);
    }

    private static NumberRules? RulesOf(JsonElement root, FieldErrors errors)
    {
        if (!root.TryGetProperty(Region, out var value))
        {
            return NumberRules.E164;
        }

        if (JsonBody.TryGetText(value, out var text) && NumberRules.RegionOf(text) is { } region)
        {
            return new(region);
        }

        errors.Add($"$.{Region}", NumberRules.NoSuchRegion);
        return null;
    }

    private static string? NumberOf(JsonElement root, NumberRules rules, FieldErrors errors)
    {
        var (isPhone, isTo) = (root.TryGetProperty(Name, out var phone), root.TryGetProperty(OtherName, out var to));
        if (isPhone == isTo)
        {
            errors.Add($"$.{Name}", isPhone ? $"is the same as {OtherName}: give one of the two" : "is required: the number of the person, such as +15551234567");
            return null;
        }

        if (!JsonBody.TryGetText(isPhone ? phone : to, out var text))
        {
            errors.Add($"$.{(isPhone ? Name : OtherName)}", "must be a string of valid Unicode");
            return null;
        }

        if (PhoneNumber.TryParse(text, rules, out var number, out var error))
        {
            return number.Value;
        }

        errors.Add($"$.{(isPhone ? Name : OtherName)}", error);
        return null;
    }
}

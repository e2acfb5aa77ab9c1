using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>The field <c>defaultRegion</c> of a request about opt-outs: how its numbers are read. Without it they are E.164.</summary>
internal static class OptOutRegion
{
    public const string Name = "defaultRegion";

    /// <summary>Reads it; null, with the error told, when it is none.</summary>
    public static NumberRules? Read(JsonElement root, FieldErrors errors)
    {
        if (!root.TryGetProperty(Name, out var value))
        {
            return NumberRules.E164;
        }

        var region = JsonBody.TryGetText(value, out var text) ? NumberRules.RegionOf(text) : null;
        if (region is not null)
        {
            return new(region);
        }

        errors.Add($"$.{Name}", NumberRules.NoSuchRegion);
        return null;
    }
}

using System.Text.Json.Nodes;
using BulkSms.Common;

namespace BulkSms.Retention.People;

/// <summary>Makes items of an export: what there is not is left out.</summary>
internal static class ItemJson
{
    public static JsonObject Of(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));

    public static JsonNode? Time(DateTimeOffset? time) => time is { } known ? UtcTime.Write(known) : null;
}

using System.Text.Json.Nodes;

namespace BulkSms.Tests.Api;

/// <summary>
/// What between two versions of the API's document breaks a caller of the first. A caller may send whatever the first one takes, and understands whatever the first one says may come.
/// </summary>
internal sealed class ContractChanges
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    /// <summary>Bounds of a value, and whether a higher one takes fewer values.</summary>
    private static readonly (string Name, bool HigherIsNarrower)[] Bounds =
        [("minimum", true), ("minLength", true), ("minItems", true), ("maximum", false), ("maxLength", false), ("maxItems", false)];

    private readonly JsonObject before;
    private readonly JsonObject after;
    private readonly List<string> found = [];
    private readonly HashSet<(string, string, bool)> compared = [];

    private ContractChanges(JsonObject before, JsonObject after) => (this.before, this.after) = (before, after);

    /// <summary>Which way a value goes.</summary>
    private enum Way
    {
        ToUs,
        ToThem,
    }

    public static IReadOnlyList<string> Between(JsonObject before, JsonObject after)
    {
        var changes = new ContractChanges(before, after);
        changes.Compare();
        return changes.found;
    }

    private void Compare()
    {
        foreach (var (path, item) in before["paths"]!.AsObject())
        {
            foreach (var method in Methods.Where(method => item![method] is not null))
            {
                var place = $"{method.ToUpperInvariant()} {path}";
                if (after["paths"]?[path]?[method] is not JsonObject now)
                {
                    found.Add($"{place} is gone");
                    continue;
                }

                CompareOperations(place, item![method]!.AsObject(), now);
            }
        }
    }

    private void CompareOperations(string place, JsonObject was, JsonObject now)
    {
        foreach (var name in new[] { "operationId", "x-role" }.Where(name => (string?)was[name] != (string?)now[name]))
        {
            found.Add($"{place}: {name} is {now[name] ?? "missing"} instead of {was[name] ?? "missing"}");
        }

        CompareParameters(place, Parameters(before, was), Parameters(after, now));
        CompareContents($"{place}: the request", Resolve(before, was["requestBody"]), Resolve(after, now["requestBody"]), Way.ToUs);
        if ((bool?)Resolve(after, now["requestBody"])?["required"] == true && (bool?)Resolve(before, was["requestBody"])?["required"] != true)
        {
            found.Add($"{place}: a body is required now");
        }

        foreach (var (status, response) in was["responses"]!.AsObject())
        {
            if (Resolve(after, now["responses"]![status]) is { } other)
            {
                CompareContents($"{place}: {status}", Resolve(before, response), other, Way.ToThem);
            }
            else if (status[0] == '2')
            {
                found.Add($"{place}: {status} is gone");
            }
        }
    }

    private void CompareParameters(string place, Dictionary<string, JsonObject> was, Dictionary<string, JsonObject> now)
    {
        foreach (var (name, parameter) in was)
        {
            if (!now.TryGetValue(name, out var other))
            {
                found.Add($"{place}: the parameter {name} is gone");
                continue;
            }

            CompareSchemas($"{place}: {name}", parameter["schema"]!, other["schema"]!, Way.ToUs);
        }

        found.AddRange(now.Where(each => (bool?)each.Value["required"] == true && (bool?)was.GetValueOrDefault(each.Key)?["required"] != true).Select(each => $"{place}: the parameter {each.Key} is required now"));
    }

    private void CompareContents(string place, JsonObject? was, JsonObject? now, Way way)
    {
        foreach (var (type, media) in was?["content"]?.AsObject() ?? [])
        {
            if (now?["content"]?[type] is not { } other)
            {
                found.Add($"{place}: {type} is gone");
                continue;
            }

            CompareSchemas(place, media!["schema"]!, other["schema"]!, way);
        }
    }

    private void CompareSchemas(string place, JsonNode wasNode, JsonNode nowNode, Way way)
    {
        if (wasNode["$ref"] is { } one && nowNode["$ref"] is { } two && !compared.Add(((string)one!, (string)two!, way == Way.ToUs)))
        {
            return; // it is told of once
        }

        var (was, now) = (Resolve(before, wasNode)!, Resolve(after, nowNode)!);
        var (wasTypes, nowTypes) = (Words(was["type"]), Words(now["type"]));
        TellNarrowed(place, "the type", wasTypes, nowTypes, way);
        TellNarrowed(place, "the value", Values(was), Values(now), way);
        if ((string?)was["pattern"] != (string?)now["pattern"] || (string?)was["format"] != (string?)now["format"])
        {
            found.Add($"{place}: its form has changed");
        }

        CompareBounds(place, was, now, way);
        CompareProperties(place, was, now, way);
        if (was["items"] is { } items && now["items"] is { } others)
        {
            CompareSchemas($"{place}[]", items, others, way);
        }

        CompareChoices(place, was, now, way);
    }

    private void CompareBounds(string place, JsonObject was, JsonObject now, Way way)
    {
        foreach (var (name, higherIsNarrower) in Bounds)
        {
            var (old, next) = ((double?)was[name], (double?)now[name]);
            var narrower = next is not null && (old is null || (higherIsNarrower ? next > old : next < old));
            var wider = old is not null && (next is null || (higherIsNarrower ? next < old : next > old));
            if (way == Way.ToUs ? narrower : wider)
            {
                found.Add($"{place}: {name} is {next?.ToString(null as IFormatProvider) ?? "gone"} instead of {old?.ToString(null as IFormatProvider) ?? "none"}");
            }
        }
    }

    private void CompareProperties(string place, JsonObject was, JsonObject now, Way way)
    {
        var (properties, others) = (was["properties"]?.AsObject() ?? [], now["properties"]?.AsObject() ?? []);
        foreach (var (name, property) in properties)
        {
            if (others[name] is { } other)
            {
                CompareSchemas($"{place}.{name}", property!, other, way);
            }
            else
            {
                found.Add($"{place}.{name} is gone");
            }
        }

        var (wasRequired, nowRequired) = (Words(was["required"]), Words(now["required"]));
        found.AddRange(way == Way.ToUs
            ? nowRequired.Except(wasRequired).Select(name => $"{place}.{name} is required now")
            : wasRequired.Except(nowRequired).Where(others.ContainsKey).Select(name => $"{place}.{name} may be missing now"));
    }

    // One of several: each that there was must be there as it was.
    private void CompareChoices(string place, JsonObject was, JsonObject now, Way way)
    {
        var (choices, others) = (was["oneOf"]?.AsArray() ?? [], now["oneOf"]?.AsArray() ?? []);
        foreach (var (choice, other) in choices.Zip(others))
        {
            CompareSchemas(place, choice!, other!, way);
        }

        if (way == Way.ToUs ? others.Count < choices.Count : others.Count > choices.Count)
        {
            found.Add($"{place}: it is one of {others.Count} instead of {choices.Count}");
        }
    }

    private void TellNarrowed(string place, string what, IReadOnlyList<string> was, IReadOnlyList<string> now, Way way)
    {
        // No list takes, or may be, anything.
        if (way == Way.ToUs ? now.Count > 0 && (was.Count == 0 || was.Except(now).Any()) : was.Count > 0 && (now.Count == 0 || now.Except(was).Any()))
        {
            found.Add($"{place}: {what} is {string.Join(", ", now)} instead of {string.Join(", ", was)}");
        }
    }

    private static Dictionary<string, JsonObject> Parameters(JsonObject document, JsonObject operation) =>
        (operation["parameters"]?.AsArray() ?? []).Select(each => Resolve(document, each)!).ToDictionary(each => $"{each["name"]} in the {each["in"]}", StringComparer.Ordinal);

    private static string[] Values(JsonObject schema) => schema["const"] is { } only ? [only.ToJsonString()] : [.. (schema["enum"]?.AsArray() ?? []).Select(value => value?.ToJsonString() ?? "null")];

    private static string[] Words(JsonNode? node) => node switch
    {
        null => [],
        JsonArray several => [.. several.Select(word => (string)word!)],
        _ => [(string)node!],
    };

    private static JsonObject? Resolve(JsonObject document, JsonNode? node) => node switch
    {
        null => null,
        _ when node["$ref"] is { } reference => Resolve(document, ((string)reference!)[2..].Split('/').Aggregate((JsonNode)document, (parent, name) => parent[name]!)),
        _ => node.AsObject(),
    };
}

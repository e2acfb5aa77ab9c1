using System.Text.Json.Nodes;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Upgrades;

/// <summary>What an app answers of what another version has stored.</summary>
internal static class StoredAnswers
{
    private static readonly string[] Lists =
    [
        "broadcasts?limit=100", "sending", "poison?limit=100", "optouts?limit=100", "optouts/export", "optouts/review", "replies?limit=100", "event-endpoints", "event-endpoints/crm/deliveries?limit=100",
        "event-endpoints/erp/deliveries?limit=100", "audit?limit=100",
    ];

    /// <summary>Asks for everything that can be read: answers by path.</summary>
    /// <param name="app">The app.</param>
    /// <param name="files">What was stored.</param>
    public static async Task<IReadOnlyList<(string Path, string Answer)>> AskAsync(VirtualApp app, IReadOnlyDictionary<string, string[]> files)
    {
        var answers = new List<(string, string)>();
        var ids = files["table-Broadcasts"].Select(line => (string)JsonNode.Parse(line)!["r"]!).Where(row => row.StartsWith("b-", StringComparison.Ordinal)).Select(row => row[2..]);
        var jobs = files["table-People"].Select(line => (string)JsonNode.Parse(line)!["r"]!).Where(row => row.StartsWith("j-", StringComparison.Ordinal)).Select(row => row[2..]);
        foreach (var path in Lists.Concat(ids.SelectMany(id => new[] { $"broadcasts/{id}", $"broadcasts/{id}/recipients?limit=100", $"broadcasts/{id}/skipped" })).Concat(jobs.SelectMany(id => new[] { $"people/jobs/{id}", $"people/jobs/{id}/result" })))
        {
            using var answer = await app.Http.GetAsync($"/api/v1/{path}");
            var text = await answer.Content.ReadAsStringAsync();
            answers.Add((path, answer.IsSuccessStatusCode ? text : $"{(int)answer.StatusCode}"));
        }

        return answers;
    }

    /// <summary>Where an answer lacks something of another one, or says something else; null: nowhere. It may say more.</summary>
    public static string? Differs(string expected, string actual)
    {
        if (expected == actual)
        {
            return null;
        }

        return expected.StartsWith('{') && actual.StartsWith('{') ? Differs(JsonNode.Parse(expected), JsonNode.Parse(actual), "$") : $"{expected} is {actual}";
    }

    private static string? Differs(JsonNode? expected, JsonNode? actual, string path) => (expected, actual) switch
    {
        (JsonObject one, JsonObject other) => one.Select(property => other.TryGetPropertyValue(property.Key, out var value) ? Differs(property.Value, value, $"{path}.{property.Key}") : $"{path}.{property.Key} is missing")
            .FirstOrDefault(each => each is not null),
        (JsonArray one, JsonArray other) when one.Count == other.Count => one.Zip(other).Select((pair, i) => Differs(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(each => each is not null),
        _ => JsonNode.DeepEquals(expected, actual) ? null : $"{path}: {expected?.ToJsonString()} is {actual?.ToJsonString()}",
    };
}

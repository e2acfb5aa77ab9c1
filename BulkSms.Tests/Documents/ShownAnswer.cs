using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BulkSms.Tests.Documents;

/// <summary>
/// An answer in a form that two runs share: ids, times and measured numbers are replaced by their kind. Everything else must be as the document shows it: the names,
/// the types, the texts and the counts.
/// </summary>
internal static partial class ShownAnswer
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Numbers that tell how fast this machine is, or what other examples have sent today.</summary>
    private static readonly string[] Measured = ["messagesPerSecond", "milliseconds", "callsInFlight", "segmentsPerSecond", "used", "left"];

    /// <summary>Texts that change with each run (cursors may be encrypted) or release.</summary>
    private static readonly string[] Passing = ["next", "version"];

    /// <summary>The common form of an answer.</summary>
    public static string Normalise(string answer) => TryParse(answer) is { } json
        ? Canonical(json, "")
        : string.Join('\n', answer.Trim().Split('\n').Select(line => Kinds(line.TrimEnd())).Order(StringComparer.Ordinal));

    /// <summary>The values that identify something, as the document shows them, with those of this run.</summary>
    public static IEnumerable<(string Shown, string Real)> Ids(string shown, string real) =>
        TryParse(shown) is { } left && TryParse(real) is { } right ? Ids(left, right) : [];

    /// <summary>An answer as a document shows it: on one line, or indented where the one before was.</summary>
    public static string Write(string answer, string before) => before.Contains('\n', StringComparison.Ordinal) && TryParse(answer) is { } json
        ? json.ToJsonString(Indented)
        : answer.TrimEnd('\r', '\n').ReplaceLineEndings("\n");

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return text.TrimStart() is ['{' or '[', ..] ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Canonical(JsonNode? node, string name) => node switch
    {
        null => "null",
        JsonObject members => $"{{{string.Join(", ", members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}: {Canonical(member.Value, member.Key)}"))}}}",
        JsonArray entries => $"[{string.Join(", ", entries.Select(entry => Canonical(entry, "")).Order(StringComparer.Ordinal))}]", // recipients come in no meaningful order
        _ when node.GetValueKind() is JsonValueKind.Number && Measured.Contains(name) => "<measured>",
        _ when node.GetValueKind() is JsonValueKind.String && Passing.Contains(name) => $"<{name}>",
        _ => Kinds(node.ToJsonString(Indented)),
    };

    private static IEnumerable<(string Shown, string Real)> Ids(JsonNode? shown, JsonNode? real) => (shown, real) switch
    {
        (JsonObject left, JsonObject right) => left.Where(member => right.ContainsKey(member.Key)).SelectMany(member => Ids(member.Value, right[member.Key])),
        (JsonArray left, JsonArray right) => left.Zip(right).SelectMany(pair => Ids(pair.First, pair.Second)),
        (JsonValue left, JsonValue right) when left.TryGetValue<string>(out var before) && right.TryGetValue<string>(out var now) && before != now && Id().IsMatch(before) => [(before, now)],
        _ => [],
    };

    private static string Kinds(string text) => Address().Replace(Time().Replace(Id().Replace(text, "<id>"), "<time>"), "<address>");

    [GeneratedRegex(@"\b(SM|MM)?[0-9a-f]{28,32}(\.[0-9a-f]{32}(-[0-9a-f]{32})?)?\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}

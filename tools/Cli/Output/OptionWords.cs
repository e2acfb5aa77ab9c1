using System.Text.RegularExpressions;

namespace BulkSms.Cli.Output;

/// <summary>The API's sentences name its fields and routes; here they are options and commands.</summary>
internal static partial class OptionWords
{
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["message"] = "--message", ["contentSid"] = "--content-sid", ["contentVariables"] = "--content-variable", ["mediaUrls"] = "--media", ["shortenUrls"] = "--shorten-urls", ["profile"] = "--profile",
        ["defaultRegion"] = "--region", ["numberColumn"] = "--number-column", ["sheet"] = "--sheet", ["hiddenRows"] = "--hidden-rows", ["priority"] = "--high-priority", ["sendAt"] = "--at",
        ["sendOver"] = "--over", ["canary"] = "--canary", ["expiresAt"] = "--expires", ["quietHours"] = "--quiet-hours", ["maxCost"] = "--max-cost", ["onInvalid"] = "--skip-invalid",
        ["skipKnownBad"] = "--skip-known-bad", ["onDuplicate"] = "--on-duplicate", ["strict"] = "--strict", ["literal"] = "--literal", ["smartEncoding"] = "--smart-encoding", ["testTo"] = "--test",
        ["reconcileSince"] = "--reconcile-since",
    };

    private static readonly (string Of, string Is)[] Phrases =
    [
        (". Set confirmRepeat to true to send it once more", ""), // a key goes with each broadcast
        ("GET /api/v1/broadcasts lists the broadcasts", "bulksms list lists the broadcasts"),
        ("GET /api/v1/sending", "bulksms sending show"),
        ("GET /api/v1/doctor", "bulksms doctor"),
        ("name its country in defaultRegion", "name its country by --region"),
        ("leave out strict", "leave out --strict"),
    ];

    /// <summary>All options that it names.</summary>
    public static IEnumerable<string> All => Options.Values;

    /// <summary>A place, such as <c>$.defaultRegion</c>.</summary>
    public static string Place(string place) => Field().Match(place) is { Success: true } field && Options.TryGetValue(field.Groups["name"].Value, out var option)
        ? option + (field.Groups["rest"].Value is { Length: > 0 } rest ? $" {rest.TrimStart('.')}" : "")
        : place;

    /// <summary>A sentence.</summary>
    public static string Text(string text)
    {
        text = Phrases.Aggregate(text, (said, phrase) => said.Replace(phrase.Of, phrase.Is, StringComparison.Ordinal));
        text = Setting().Replace(text, setting => !Options.TryGetValue(setting.Groups["name"].Value, out var option) ? setting.Value
            : setting.Groups["value"].Value == "true" ? $"give {option}" : $"give {option} {setting.Groups["value"].Value}");
        return Word().Replace(text, word => Options.GetValueOrDefault(word.Groups["name"].Value, word.Value));
    }

    [GeneratedRegex(@"^(\$\.)?(?<name>[a-zA-Z]+)(?<rest>[.\[].*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();

    [GeneratedRegex(@"\bset (?<name>[a-zA-Z]+) to (?<value>[a-z]+)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    // A name that is no word of the language: it has a capital within.
    [GeneratedRegex(@"(?<![\w{-])(?<name>[a-z]+[A-Z][a-zA-Z]*)(\.[a-zA-Z]+)?\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}

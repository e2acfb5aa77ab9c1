using System.Text.Json;
using System.Text.RegularExpressions;

namespace BulkSms.Chaos.Storage;

/// <summary>The updates of rows within a transaction, each with the ETag that storage gave it.</summary>
public static partial class BatchedWrites
{
    /// <summary>The paths of the rows that a transaction updates.</summary>
    public static IEnumerable<string> PathsOf(string request) => Update().Matches(request).Select(match => match.Groups["path"].Value);

    /// <summary>Each update.</summary>
    /// <param name="request">The transaction.</param>
    /// <param name="answer">Storage's answer, when it was applied.</param>
    public static IEnumerable<(string Path, string Under, string ETag, JsonDocument Body)> Of(string request, string answer)
    {
        var etags = Etag().Matches(answer).Select(match => match.Groups["etag"].Value).ToArray();
        var updates = Update().Matches(request).ToArray();
        for (var i = 0; i < updates.Length && i < etags.Length; i++)
        {
            yield return (updates[i].Groups["path"].Value, updates[i].Groups["under"].Value, etags[i], JsonDocument.Parse(updates[i].Groups["body"].Value));
        }
    }

    // All of one transaction are updates, or none is.
    [GeneratedRegex(
        """(PATCH|MERGE) [^\r\n]*/(?<path>Recipients\(PartitionKey='[^']+',RowKey='[^']+'\))[^\r\n]*\r\n(?:(?!--)[^\r\n]+\r\n)*?If-Match: (?<under>[^\r\n]+)\r\n(?:[^\r\n]+\r\n)*\r\n(?<body>\{[^\r\n]*\})""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Update();

    [GeneratedRegex("""^ETag: (?<etag>[^\r\n]+)""", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Etag();
}

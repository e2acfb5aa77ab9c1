using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace BulkSms.TwilioSimulator;

/// <summary>
/// The filters of a list. "DateSent&lt;" and "DateSent&gt;" are names: with the equals sign after them they include the day.
/// </summary>
internal sealed record ListQuery
{
    private const int DefaultPageSize = 50;
    private const int LargestPage = 1_000;

    private Dictionary<string, string?> _filters = [];

    public string? To { get; private init; }

    /// <summary>The number in <see cref="To"/>, without the channel.</summary>
    public string? Phone => To?[(To.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public int PageSize { get; private init; }

    public int Page { get; private init; }

    public string? PageToken { get; private init; }

    private string? From { get; init; }

    private DateOnly? SentOn { get; init; }

    private DateOnly? SentUntil { get; init; }

    private DateOnly? SentSince { get; init; }

    public static ListQuery Parse(IQueryCollection query) => new()
    {
        To = Text(query, "To"),
        From = Text(query, "From"),
        SentOn = Day(Text(query, "DateSent")),
        SentUntil = Day(Text(query, "DateSent<")),
        SentSince = Day(Text(query, "DateSent>")),
        PageSize = Math.Clamp(Number(query, "PageSize", DefaultPageSize), 1, LargestPage),
        Page = Math.Max(Number(query, "Page", 0), 0),
        PageToken = Text(query, "PageToken"),
        _filters = query.Where(pair => pair.Key is "To" or "From" or "DateSent" or "DateSent<" or "DateSent>")
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString()),
    };

    /// <summary>By the days that are shown. A message that is not sent yet has no date, so any date filter hides it.</summary>
    public bool Matches(SimulatedMessage message, Faults faults)
    {
        if ((From is not null && message.From != From) || (To is not null && message.Address != To))
        {
            return false;
        }

        if (SentOn is null && SentUntil is null && SentSince is null)
        {
            return true;
        }

        var sent = message.DateSent is { } date ? DateOnly.FromDateTime(faults.Shown(date).UtcDateTime) : (DateOnly?)null;
        return sent is not null && (SentOn is null || sent == SentOn) && !(sent > SentUntil) && !(sent < SentSince);
    }

    public string Uri(string path, int page, string? token)
    {
        var query = new Dictionary<string, string?>(_filters)
        {
            ["PageSize"] = PageSize.ToString(CultureInfo.InvariantCulture),
            ["Page"] = page.ToString(CultureInfo.InvariantCulture),
            ["PageToken"] = token,
        };
        return QueryHelpers.AddQueryString(path, query);
    }

    private static string? Text(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

    private static int Number(IQueryCollection query, string name, int otherwise) =>
        int.TryParse(Text(query, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static DateOnly? Day(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? DateOnly.FromDateTime(date.UtcDateTime)
            : null;
}

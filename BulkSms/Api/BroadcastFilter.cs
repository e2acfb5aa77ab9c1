using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>The broadcasts that a caller asks for.</summary>
/// <param name="Statuses">With one of these; null: with any.</param>
/// <param name="Text">With this in their text, in any case; null: with any text.</param>
/// <param name="From">Accepted at this time or later; null: at any time.</param>
/// <param name="Before">Accepted before this time; null: at any time.</param>
public sealed record BroadcastFilter(IReadOnlyList<string>? Statuses, string? Text, DateTimeOffset? From, DateTimeOffset? Before)
{
    private const string Waiting = "waiting";
    private const string Final = "final";
    private const int LongestText = 100;

    /// <summary>Digits that a text to be looked for may have: with more it may be a phone number, and addresses are logged on their way.</summary>
    private const int MostDigits = 6;

    /// <summary>Whether rows are compared, so that a page may take more of them than it shows.</summary>
    public bool ComparesRows => Statuses is not null || Text is not null || From is not null || Before is not null;

    /// <summary>Reads the parameters of an address.</summary>
    public static BroadcastFilter Read(IQueryCollection query, FieldErrors errors) => new(
        StatusesOf(query["status"].ToString(), errors), TextOf(query["text"].ToString(), errors),
        TimeOf(query, "createdFrom", errors), TimeOf(query, "createdBefore", errors));

    /// <summary>The ids between which all of them lie; the first is empty for none.</summary>
    /// <param name="adopted">How much earlier than its broadcast an id may have been made: the repeat of a request adopts the id of the first, which came to no commit.</param>
    public (string After, string? Before) Range(TimeSpan adopted) => (
        Before is { } end ? BroadcastId.BoundAt(end) : "",
        From is { } start ? BroadcastId.BoundAt(start - DateTimeOffset.MinValue > adopted ? start - adopted - TimeSpan.FromMilliseconds(1) : start) : null);

    public bool Takes(BroadcastSummaryView view) =>
        (Statuses?.Contains(view.Status) ?? true)
        && (Text is null || view.Message.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && !(view.CreatedAt < From) && !(view.CreatedAt >= Before);

    private static string[]? StatusesOf(string text, FieldErrors errors)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var words = text.Split(',', StringSplitOptions.TrimEntries);
        if (words.Any(word => word is not (Waiting or Final) && !BroadcastStatus.All.Contains(word)))
        {
            errors.Add("status", $"must be statuses or groups, separated by commas (case matters): {string.Join(", ", [.. BroadcastStatus.All, Waiting, Final])}");
        }

        return [.. BroadcastStatus.All.Where(status => words.Contains(status) || words.Contains(BroadcastStatus.IsFinal(status) ? Final : Waiting))];
    }

    private static string? TextOf(string text, FieldErrors errors)
    {
        if (text.Length > LongestText)
        {
            errors.Add("text", $"must be at most {LongestText} characters");
        }

        if (text.Count(char.IsDigit) > MostDigits)
        {
            errors.Add("text", $"must have at most {MostDigits} digits: addresses are logged, and no phone number may stand in one");
        }

        return text.Length == 0 ? null : text;
    }

    private static DateTimeOffset? TimeOf(IQueryCollection query, string name, FieldErrors errors)
    {
        if (!query.TryGetValue(name, out var given))
        {
            return null;
        }

        if (RequestTime.TryParse(given, out var time))
        {
            return time;
        }

        errors.Add(name, RequestTime.Fault);
        return null;
    }
}

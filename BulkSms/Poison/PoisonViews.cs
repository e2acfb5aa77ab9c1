using System.Text.Json.Serialization;
using BulkSms.Common;
using BulkSms.Twilio;

namespace BulkSms.Poison;

/// <summary>An entry as the API shows it.</summary>
/// <param name="Id">What <c>POST /poison/replay</c> takes.</param>
/// <param name="Queue">The poison queue that it came to.</param>
/// <param name="Source"><c>bulkSms</c>: given up for good, with a reason. <c>host</c>: the Functions host failed on it; its recipient went on by itself.</param>
/// <param name="BroadcastId">Its broadcast; null when it could not be read.</param>
/// <param name="To">The number; null for a fan-out, and when it could not be read.</param>
/// <param name="Line">The line of the file that named the recipient.</param>
/// <param name="Index">Its index in the request's JSON.</param>
/// <param name="Reference">The caller's own name for it.</param>
/// <param name="Code">Twilio's code; null when it gave none.</param>
/// <param name="Meaning">The code in words.</param>
/// <param name="Reason">Why.</param>
/// <param name="Attempts">Calls to Twilio made.</param>
/// <param name="At">When.</param>
/// <param name="ReplayedAt">When it was put back to work; null: it was not.</param>
/// <param name="Body">The message in Base64, when it could not be read.</param>
public sealed record PoisonView(
    string Id,
    string Queue,
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BroadcastId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? To,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reference,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Meaning,
    string Reason,
    int Attempts,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ReplayedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? Body)
{
    public static PoisonView Of(PoisonEntry entry) => new(
        entry.Id.ToString(),
        entry.Queue,
        entry.Source is PoisonSource.BulkSms ? "bulkSms" : "host",
        entry.BroadcastId,
        entry.To,
        entry.Line,
        entry.Index,
        entry.Reference,
        entry.Code == 0 ? null : entry.Code,
        entry.Code == 0 ? null : TwilioErrors.Words(entry.Code),
        entry.Reason,
        entry.Attempts,
        entry.At,
        entry.ReplayedAt,
        entry.Body);
}

/// <summary>A page of entries.</summary>
/// <param name="Messages">The page.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record PoisonPage(IReadOnlyList<PoisonView> Messages, string? Next);

/// <summary>What came of a replay.</summary>
/// <param name="Replayed">Entries whose recipients wait again.</param>
/// <param name="Skipped">Entries that were left, by reason: <c>notReplayable</c>, <c>movedOn</c>, <c>optedOut</c>, <c>canceled</c>, <c>gone</c>.</param>
/// <param name="Next">The cursor to go on with; null: that was all.</param>
public sealed record ReplayView(int Replayed, IReadOnlyDictionary<string, int> Skipped, string? Next)
{
    private static readonly Dictionary<ReplayOutcome, string> Words = new()
    {
        [ReplayOutcome.NotReplayable] = "notReplayable",
        [ReplayOutcome.MovedOn] = "movedOn",
        [ReplayOutcome.OptedOut] = "optedOut",
        [ReplayOutcome.Canceled] = "canceled",
        [ReplayOutcome.Gone] = "gone",
    };

    /// <param name="results">What came of each entry.</param>
    /// <param name="missing">Ids that name no entry.</param>
    /// <param name="next">The cursor to go on with.</param>
    public static ReplayView Of(IReadOnlyCollection<(PoisonEntry Entry, ReplayOutcome Outcome)> results, int missing, string? next)
    {
        var skipped = results.Where(result => result.Outcome != ReplayOutcome.Replayed)
            .GroupBy(result => Words[result.Outcome], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        if (missing > 0)
        {
            skipped[Words[ReplayOutcome.Gone]] = skipped.GetValueOrDefault(Words[ReplayOutcome.Gone]) + missing;
        }

        return new(results.Count(result => result.Outcome == ReplayOutcome.Replayed), skipped, next);
    }
}

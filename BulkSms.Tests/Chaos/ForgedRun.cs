using BulkSms.Estimates;
using BulkSms.Api;
using BulkSms.Chaos;
using BulkSms.Chaos.Invariants;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Segments;

namespace BulkSms.Tests.Chaos;

/// <summary>Evidence of a run in which all went well, to be falsified: one broadcast, one number that got its message and one that Twilio refused.</summary>
internal static class ForgedRun
{
    public const string BroadcastId = "0123456789abcdef0123456789ab";
    public const string Sent = "+15550000001";
    public const string Refused = "+15550000002";
    public const string Sid = "SM1";
    public static readonly DateTimeOffset Begun = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    public static Evidence Evidence { get; } = From(
        Row(Sent, RecipientStatus.Delivered) with { ProviderStatus = ProviderStatus.Delivered, Sid = Sid, ClaimId = "c1" },
        Row(Refused, RecipientStatus.Rejected) with { ClaimId = "c2", PoisonedAt = Begun }) with
    {
        Messages = [new(Sid, Sent, BroadcastId, "Hello", Key(Sent).Id)],
        Calls = [Call(Sent, "c1"), Call(Refused, "c2") with { Code = 21614 }],
        Claims = new Dictionary<string, DateTimeOffset> { ["c1"] = Begun, ["c2"] = Begun },
        Poison = [new(BroadcastId, Key(Refused).Id, "c2")],
    };

    /// <summary>What a receiver of events was told, if there was one.</summary>
    public static IReadOnlyList<ToldRecipient> AllTold => [Told(Sent, RecipientStatus.Delivered), Told(Refused, RecipientStatus.Rejected)];

    public static ToldRecipient Told(string number, string status) => new(BroadcastId, Key(number).Id, number, status, 7);

    public static RecipientKey Key(string number) => RecipientKey.Of(BroadcastId, number, 1);

    public static Recipient Row(string number, string status) => new() { Key = Key(number), To = number, Status = status };

    public static ArrivedCall Call(string number, string claimId) => new(number, BroadcastId, claimId, Begun + TimeSpan.FromSeconds(0.5), null, RecipientKey: Key(number).Id);

    /// <summary>The evidence with these rows, histories that lead to them, and an API that shows them.</summary>
    public static Evidence From(params Recipient[] rows)
    {
        var posted = new Posted("key", "Hello", [Sent, Refused]);
        posted.Accept(BroadcastId, 2);
        var counts = rows.CountBy(row => row.Status).ToDictionary();
        return new()
        {
            Posted = [posted],
            Broadcasts = [new(BroadcastId, 2, counts)],
            Rows = rows,
            HistoryOf = key => rows.Where(row => row.Key == key).Select(HistoryOf).FirstOrDefault(),
            Views = new Dictionary<string, BroadcastView> { [BroadcastId] = View(counts) },
            ReadAt = Begun.AddMinutes(1),
            Pages = new Dictionary<string, IReadOnlyList<RecipientView>> { [BroadcastId] = [.. rows.Select(row => RecipientView.Of(row, null))] },
        };
    }

    /// <summary>Writes in a row, each under the ETag of the one before. Once there is a SID the statuses are Twilio's words.</summary>
    public static RowHistory History(params (string? Status, string? Sid, string? ClaimId)[] writes)
    {
        var seen = new List<RowWrite>();
        var taken = false;
        foreach (var (status, sid, claimId) in writes)
        {
            taken |= sid is not null;
            var word = taken && status is not null && ProviderStatus.IsKnown(status) ? status : null;
            seen.Add(new($"e{seen.Count}", $"e{seen.Count + 1}", word is null ? status : ProviderStatus.StatusOf(word), word, sid, claimId));
        }

        seen.Reverse();
        return RowHistory.Of(seen);
    }

    private static RowHistory HistoryOf(Recipient row) => row.ClaimId is null
        ? row.Status == RecipientStatus.Pending ? History() : History((row.ProviderStatus ?? row.Status, row.Sid, null))
        : History((RecipientStatus.Sending, null, row.ClaimId), (row.ProviderStatus ?? row.Status, row.Sid, null), (null, null, null));

    private static BroadcastView View(IReadOnlyDictionary<string, int> counts) => BroadcastView.Of(
        new()
        {
            Id = BroadcastId, Message = "Hello", CreatedAt = Begun, RecipientsCount = 2, DuplicatesRemoved = 0, Segments = MessageSegments.Of("Hello"), Shards = 1,
            Account = "", Service = "", ExpiresAt = Begun.AddDays(1),
        },
        new(counts, new Dictionary<int, int>(), 0, null, null, 0, null), new([]), null, Forecast.None, Begun);
}

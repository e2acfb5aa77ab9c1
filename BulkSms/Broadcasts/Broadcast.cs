using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Messages;
using BulkSms.Recipients;
using BulkSms.Segments;

namespace BulkSms.Broadcasts;

/// <summary>A broadcast's row: everything that fan-out needs, frozen when it was committed, and how far fan-out has come.</summary>
public sealed record Broadcast
{
    public required string Id { get; init; }

    /// <summary>Whether it is a test: one text to a number of the sender's own. No list and no statistic counts it.</summary>
    public bool IsTest => BroadcastId.IsTest(Id);

    /// <summary>The text; the template when the recipients have texts of their own; the variables of a content template; empty: media alone.</summary>
    public required string Message { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Unique recipients; 0 when all had opted out.</summary>
    public required int RecipientsCount { get; init; }

    public required int DuplicatesRemoved { get; init; }

    /// <summary>Entries left out because of a fault; null when one fault would have refused the request.</summary>
    public int? Invalid { get; init; }

    /// <summary>Numbers left out because they could not get a text before; null when none would have been left out.</summary>
    public int? KnownBad { get; init; }

    /// <summary>Numbers left out because they had opted out by then.</summary>
    public int OptedOut { get; init; }

    /// <summary>Of the text; of the recipients' own texts the most, and UCS-2 if one is.</summary>
    public required MessageSegments Segments { get; init; }

    /// <summary>Segments of all the recipients' own texts; null when all get the same one.</summary>
    public long? TotalSegments { get; init; }

    /// <summary>Partitions that the recipients are spread over.</summary>
    public required int Shards { get; init; }

    /// <summary>The profile that it was accepted for: no other sends it.</summary>
    public string Profile { get; init; } = Profiles.Profile.DefaultName;

    /// <summary>Twilio account and Messaging Service that it was accepted for.</summary>
    public required string Account { get; init; }

    public required string Service { get; init; }

    /// <summary>Whether it goes before broadcasts that do not ask for that.</summary>
    public bool IsHigh { get; init; }

    /// <summary>Whether it is an MMS.</summary>
    public bool IsMms { get; init; }

    /// <summary>Addresses of its media; none: it is no MMS, or they are erased.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>The content template; null: there is none. With one the texts are its variables.</summary>
    public string? ContentSid { get; init; }

    /// <summary>Whether Twilio shortens links.</summary>
    public bool ShortenUrls { get; init; }

    /// <summary>What its messages are made of beside their text.</summary>
    public MessageExtras Extras => new() { MediaUrls = MediaUrls, IsMms = IsMms, ContentSid = ContentSid, ShortenUrls = ShortenUrls };

    /// <summary>When it is due; null: at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>How long it is spread over, from when it is due; null: it is not.</summary>
    public TimeSpan? SendOver { get; init; }

    /// <summary>The first part that is sent alone; null: there is none.</summary>
    public Canary? Canary { get; init; }

    /// <summary>How it stands with that part; null: there is none.</summary>
    public CanaryResult? CanaryResult { get; init; }

    /// <summary>Recipients of that part, from the start of the list; 0: there is none.</summary>
    public int CanaryCount => Canary?.CountOf(RecipientsCount) ?? 0;

    /// <summary>Whether fan-out stops after that part: it is not decided whether the rest is sent.</summary>
    public bool WaitsForCanary => CanaryResult is { Status: CanaryStatus.Waiting } && !IsCanceled;

    /// <summary>Nothing of it is sent from then on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether the request gave <see cref="ExpiresAt"/>; else each recipient's life begins when it is due.</summary>
    public bool IsExpiryGiven { get; init; }

    /// <summary>When recipients are not texted, by the recipient's clock; null: there is no such time.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>Who sent it: see <see cref="Security.Caller.Name"/>.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Tells the caller that sent it from others: see <see cref="Security.Caller.Id"/>.</summary>
    public string? CreatedById { get; init; }

    /// <summary>The request that was accepted: see <see cref="Http.RequestId"/>.</summary>
    public string? RequestId { get; init; }

    /// <summary>The approval that it needs; null: it needs none.</summary>
    public Approval? Approval { get; init; }

    /// <summary>Whether it waits for its approval: until then no recipient has a row that could be sent.</summary>
    public bool AwaitsApproval => Approval is { Status: ApprovalStatus.Awaiting } && !IsCanceled;

    /// <summary>Row key of the idempotency key that made it; null: it had none.</summary>
    public string? IdempotencyRow { get; init; }

    /// <summary>The trace that began with the request (W3C); null: none is kept.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The recipients in order, or null when they are in <see cref="RecipientsBlob"/>.</summary>
    public IReadOnlyList<Addressee>? Recipients { get; init; }

    public string? RecipientsBlob { get; init; }

    /// <summary>Whether the recipients came as a file: then they are named by line, else by their index in JSON.</summary>
    public bool IsFile { get; init; }

    /// <summary>The names of the recipients' data, in the order of their first use.</summary>
    public IReadOnlyList<string> DataColumns { get; init; } = [];

    /// <summary>The most texts that one phone gets: several only where the request asks for it.</summary>
    public int MostCopies { get; init; } = 1;

    /// <summary>What of the request is no recipient; null: nothing, or it is in <see cref="SkippedBlob"/>.</summary>
    public IReadOnlyCollection<SkippedEntry>? Skipped { get; init; }

    public string? SkippedBlob { get; init; }

    /// <summary>What its text and list are known by for a day: see <see cref="RecentTexts"/>. Null: they are not.</summary>
    public string? TextKey { get; init; }

    /// <summary>Recipients from the start of the list whose rows and send jobs are surely written.</summary>
    public int FannedOut { get; init; }

    /// <summary>When fan-out was complete; null before.</summary>
    public DateTimeOffset? FannedOutAt { get; init; }

    /// <summary>When the sweeper found that nothing of it was ours to send any more; null before.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    /// <summary>When every recipient had come to an end; null before. Nothing is counted or swept any more.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Not to be completed before: recipients that had come to an end are changed just now. Null: they are not.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>Canceled, for good: the hold that stops its sending ends when it is completed, this does not.</summary>
    public bool IsCanceled { get; init; }

    /// <summary>What it came to, as counted when it was completed; null before, and while something may still change it (see <see cref="ClosedBroadcasts"/>).</summary>
    public BroadcastProgress? Totals { get; init; }

    /// <summary>When its personal data was erased, or began to be; null: it was not. Its text is empty then and it has no recipients any more.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>How often persons were erased from its list: a fan-out that has read an earlier one must not go on with that.</summary>
    public int ListVersion { get; init; }

    /// <summary>When the list was last changed so; null: never.</summary>
    public DateTimeOffset? ListChangedAt { get; init; }

    /// <summary>When the sweeper last requeued its waiting recipients.</summary>
    public DateTimeOffset? RequeuedAt { get; init; }

    /// <summary>Whether it may be sent, as far as an approval is concerned. Once true it stays so.</summary>
    public bool MayBeSent() => Approval is null or { Status: ApprovalStatus.Approved };

    /// <summary>When each recipient may be sent to: by the schedule, and not in the recipient's quiet hours.</summary>
    public SendTimes Times()
    {
        var begins = SendAt > CreatedAt ? SendAt.Value : CreatedAt;
        var life = ExpiresAt - begins;
        if (SendOver is not { } over)
        {
            return new(begins, IsExpiryGiven ? ExpiresAt : null, life, Quiet);
        }

        // An approval may come when much of the window is over: it begins then, and ends in time. So does the rest after a first part.
        var from = Latest(begins, Approval?.DecidedAt, CanaryResult?.DecidedAt);
        var left = ExpiresAt - from;
        return new(from, IsExpiryGiven ? ExpiresAt : null, left, Quiet, over < left ? over : left > TimeSpan.Zero ? left : null);
    }

    private static DateTimeOffset Latest(DateTimeOffset begins, params ReadOnlySpan<DateTimeOffset?> others)
    {
        foreach (var other in others)
        {
            begins = other > begins ? other.Value : begins;
        }

        return begins;
    }

    /// <summary>Where a recipient's row stands.</summary>
    public RecipientKey KeyOf(Addressee recipient) => recipient.Erased?.KeyIn(Id) ?? RecipientKey.Of(Id, recipient.To, Shards, recipient.Copy);

    /// <summary>Where the rows of a number may stand: one for each text that one phone gets.</summary>
    public IEnumerable<RecipientKey> KeysOf(string number) => Enumerable.Range(0, MostCopies).Select(copy => RecipientKey.Of(Id, number, Shards, copy));

    /// <summary>A recipient's row as fan-out makes it.</summary>
    /// <param name="key">Where it stands.</param>
    /// <param name="recipient">Who it is.</param>
    /// <param name="index">Its place in the list.</param>
    /// <param name="times">This broadcast's <see cref="Times"/>.</param>
    public TableEntity NewRow(RecipientKey key, Addressee recipient, int index, SendTimes times)
    {
        if (recipient.Erased is not null)
        {
            return ErasedRecipient.NewRow(key, recipient);
        }

        var row = NewPendingRow(key, recipient, index, times);
        if (!MayBeSent())
        {
            // Of what is not approved there is no row that could be sent: this one is at its end from the first.
            RecipientEvent ended = IsCanceled ? new RecipientEvent.Canceled() : new RecipientEvent.Expired();
            RecipientState.After(Recipient.From(key, row), ended)!.WriteTo(row);
        }

        return row;
    }

    private TableEntity NewPendingRow(RecipientKey key, Addressee recipient, int index, SendTimes times)
    {
        if (Quiet is null && SendOver is null)
        {
            return Recipient.NewRow(key, recipient, index, SendAt, ExpiresAt, IsFile);
        }

        var time = index < CanaryCount ? times.For(recipient.To) : times.For(recipient.To, index - CanaryCount, RecipientsCount - CanaryCount); // the first part is not spread
        return Recipient.NewRow(key, recipient, index, time.DueAt ?? time.ExpiresAt, time.ExpiresAt, IsFile); // never due: it expires, and is shown so
    }

    public ETag ETag { get; init; }

    /// <summary>When the row was last written, by storage's clock.</summary>
    public DateTimeOffset Timestamp { get; init; }
}

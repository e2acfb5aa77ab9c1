using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using BulkSms.Broadcasts;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Retention.People;

/// <summary>
/// What broadcasts hold of a person: their rows, which are found by their keys and never looked for; entries of the request that became no recipient; poison messages. Send jobs repeat what is on the
/// rows.
/// </summary>
public sealed class PersonInBroadcasts(BroadcastStore store, RecipientTable recipients, PoisonTable poison)
{
    public const string Messages = "messages";
    public const string Skipped = "skipped";
    public const string Poison = "poisonMessages";

    /// <summary>The tables, queues and containers that are answered for here and in <see cref="ErasePersonFromBroadcast"/>.</summary>
    public static readonly IReadOnlyList<string> Stores =
    [
        TableNames.Broadcasts, TableNames.Recipients, TableNames.IdempotencyKeys, TableNames.PoisonMessages, QueueNames.Outbound, QueueNames.OutboundPoison, QueueNames.OutboundHigh, QueueNames.OutboundHighPoison, ContainerNames.Broadcasts,
    ];

    /// <summary>The lists that this adds to an export.</summary>
    public static readonly IReadOnlyList<string> Lists = [Messages, Skipped, Poison];

    /// <summary>Where rows of a person may stand in a broadcast, each with its number.</summary>
    internal static IReadOnlyList<(RecipientKey Key, string Number)> KeysOf(Broadcast broadcast, Person person) =>
        [.. person.Numbers.SelectMany(number => broadcast.KeysOf(number).Select(key => (key, number)))];

    /// <summary>Whether an entry that was left out is a person's; of what could not be read it may be that it is.</summary>
    internal static bool IsTheirs(SkippedEntry entry, Person person) =>
        entry.To is { } to ? person.Has(to) : person.MayBeMeantBy(entry.Written) || person.MayBeMeantBy(entry.Detail);

    /// <summary>What a broadcast holds of a person.</summary>
    /// <param name="brief">The broadcast, without text and recipients.</param>
    /// <param name="person">The person.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<(string List, JsonObject Item)> ExportAsync(Broadcast brief, Person person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var keys = KeysOf(brief, person);
        var rows = (await Task.WhenAll(keys.Select(each => recipients.ReadAsync(each.Key, cancellation)))).OfType<RecipientTable.Reading>().Select(reading => reading.Row).ToArray();
        if (rows.Length > 0 || brief.FannedOutAt is null || brief.SkippedBlob is not null)
        {
            foreach (var item in await FromRequestAsync(brief, person, rows, cancellation))
            {
                yield return item;
            }
        }

        foreach (var (key, _) in rows.Length > 0 ? keys : [])
        {
            await foreach (var entry in poison.ListAsync(key, cancellation))
            {
                yield return (Poison, PoisonItem(entry));
            }
        }
    }

    /// <summary>Poison messages that could not be read, and hold one of a person's numbers.</summary>
    public IAsyncEnumerable<PoisonEntry> UnreadAsync(Person person, CancellationToken cancellation) =>
        poison.ListUnreadAsync(cancellation).Where(entry => entry.Body is { } body && person.MayBeMeantBy(System.Text.Encoding.UTF8.GetString(body)));

    internal static JsonObject PoisonItem(PoisonEntry entry) => ItemJson.Of(
        ("id", entry.Id.ToString()), ("broadcastId", entry.BroadcastId), ("to", entry.To), ("line", entry.Line), ("index", entry.Index), ("reference", entry.Reference),
        ("code", entry.Code == 0 ? null : entry.Code), ("reason", entry.Reason), ("attempts", entry.Attempts), ("at", ItemJson.Time(entry.At)), ("replayedAt", ItemJson.Time(entry.ReplayedAt)),
        ("body", entry.Body is { } body ? Convert.ToBase64String(body) : null));

    private async Task<List<(string List, JsonObject Item)>> FromRequestAsync(Broadcast brief, Person person, Recipient[] rows, CancellationToken cancellation)
    {
        var items = new List<(string, JsonObject)>();
        var broadcast = brief.FannedOutAt is null ? await store.FindAsync(brief.Id, cancellation) : await store.FindWithoutRecipientsAsync(brief.Id, cancellation);
        if (broadcast is not { ErasedAt: null })
        {
            return items;
        }

        items.AddRange(rows.Select(row => (Messages, MessageItem(broadcast, row))));
        if (broadcast.FannedOutAt is null)
        {
            // Whom fan-out has not come to yet is in the list alone.
            var times = broadcast.Times();
            var listed = store.RecipientsOfAsync(broadcast, 0, cancellation).Select((recipient, index) => (recipient, index)).Where(each => person.Has(each.recipient.To));
            await foreach (var (recipient, index) in listed)
            {
                var key = broadcast.KeyOf(recipient);
                if (!Array.Exists(rows, row => row.Key == key))
                {
                    items.Add((Messages, MessageItem(broadcast, Recipient.From(key, broadcast.NewRow(key, recipient, index, times)))));
                }
            }
        }

        await foreach (var (entry, _) in store.SkippedOfAsync(broadcast, 0, cancellation).Where(each => IsTheirs(each.Entry, person)))
        {
            items.Add((Skipped, SkippedItem(broadcast, entry)));
        }

        return items;
    }

    private static JsonObject MessageItem(Broadcast broadcast, Recipient row) => ItemJson.Of(
        ("broadcastId", broadcast.Id), ("createdAt", ItemJson.Time(broadcast.CreatedAt)), ("to", row.To), ("text", row.Text ?? broadcast.Message), ("status", row.Status),
        ("contentSid", broadcast.ContentSid), ("mediaUrls", broadcast.MediaUrls.Count == 0 ? null : new JsonArray([.. broadcast.MediaUrls.Select(address => (JsonNode)address)])), ("clicks", row.Clicks == 0 ? null : row.Clicks),
        ("providerStatus", row.ProviderStatus), ("heldFor", row.HeldFor), ("attempts", row.Attempt), ("sid", row.Sid), ("otherSids", row.OtherSids), ("code", row.Code), ("reason", row.Reason),
        ("sentAt", ItemJson.Time(row.SentAt)), ("dueAt", ItemJson.Time(row.DueAt)), ("expiresAt", ItemJson.Time(row.ExpiresAt)),
        ("updatedAt", row.Timestamp == default ? null : ItemJson.Time(row.Timestamp)), ("line", row.Line), ("index", row.RequestIndex), ("written", row.Written ?? row.To),
        ("reference", row.Reference), ("data", row.Data is { } data ? JsonNode.Parse(data) : null));

    private static JsonObject SkippedItem(Broadcast broadcast, SkippedEntry entry)
    {
        var view = SkippedView.Of(entry, broadcast.IsFile);
        return ItemJson.Of(
            ("broadcastId", broadcast.Id), ("line", view.Line), ("index", view.Index), ("written", view.Written), ("reference", view.Reference), ("reason", view.Reason), ("detail", view.Detail),
            ("since", ItemJson.Time(view.Since)), ("certain", entry.To is not null));
    }
}

using System.Text.Json.Nodes;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Outbox;

namespace BulkSms.OptOuts;

/// <summary>The rows of events of the opt-out list, where an endpoint wants them.</summary>
internal static class OptOutEvents
{
    private const string Subject = "optouts";

    /// <summary>Phones were put on the list, or taken off it.</summary>
    public static async Task<TableTransactionAction[]> ChangedAsync(EventOutbox? outbox, IEnumerable<string> phones, bool isOptedOut, string source, CancellationToken cancellation) =>
        outbox is null ? [] : await outbox.EntryAsync(
            OptOutLog.Partition, EventTypes.OptOutChanged, Subject,
            () => new() { ["phones"] = new JsonArray([.. phones.Select(phone => (JsonNode?)phone)]), ["optedOut"] = isOptedOut, ["source"] = source }, cancellation);

    /// <summary>A text came that is no opt-out.</summary>
    public static async Task<TableTransactionAction[]> ReceivedAsync(EventOutbox? outbox, string phone, HeardText text, bool isInReview, CancellationToken cancellation) =>
        outbox is null ? [] : await outbox.EntryAsync(
            OptOutLog.Partition, EventTypes.MessageReceived, Subject,
            () => new()
            {
                ["messageSid"] = text.Sid, ["from"] = phone, ["to"] = text.To, ["text"] = text.Body, ["receivedAt"] = UtcTime.Write(text.At), ["inReview"] = isInReview,
            },
            cancellation, text.Sid);
}

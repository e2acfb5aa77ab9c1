using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BulkSms.Outbox;
using BulkSms.Storage;

namespace BulkSms.OptOuts;

/// <summary>
/// Phones whose texts a person must decide on, with these texts: rows of the OptOuts table beside the list. An entry and its line in the log are written in one
/// transaction.
/// </summary>
/// <param name="service">Storage's tables.</param>
/// <param name="time">The clock.</param>
/// <param name="outbox">Gives the rows of events; null: no system is told.</param>
public sealed class ReviewList(TableServiceClient service, TimeProvider time, EventOutbox? outbox = null)
{
    private const string Prefix = "r-";
    private const string Reason = "reason";
    private const string Since = "since";
    private const string Texts = "texts";
    private const int MaxTexts = 10;
    private const int MaxCharacters = 1600;
    private const int Tries = 20;
    private readonly TableClient table = service.GetTableClient(TableNames.OptOuts);

    /// <summary>Adds a text to its phone's entry, or makes one; and notes that the text is handled. Doing it twice is harmless.</summary>
    public async Task AddAsync(string phone, string reason, HeardText text, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            var found = await FindAsync(phone, cancellation);
            if (found is not null && text.Sid is not null && found.Entry.Messages.Any(message => message.Sid == text.Sid))
            {
                return;
            }

            if (await TryWriteAsync(phone, reason, text, found, cancellation))
            {
                return;
            }
        }

        throw new TimeoutException("The entry kept changing.");
    }

    /// <summary>The entry of a phone, or null.</summary>
    public async Task<Found?> FindAsync(string phone, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(OptOutLog.Partition, KeyOf(phone), cancellationToken: cancellation);
        return found.HasValue ? new(Read(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>Takes an entry off the list.</summary>
    /// <returns>False when it has changed since, or is gone.</returns>
    public async Task<bool> TryRemoveAsync(Found found, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Delete, new TableEntity(OptOutLog.Partition, KeyOf(found.Entry.Phone)), found.ETag),
                    OptOutLog.Line([found.Entry.Phone], OptOutLog.InReview, isAdded: false, time.GetUtcNow()),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            return false;
        }
    }

    /// <summary>In the order of the phones, after the one named by its key.</summary>
    public IAsyncEnumerable<ReviewEntry> AfterAsync(string? key, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(Filter(key), cancellationToken: cancellation).Select(Read);

    /// <summary>The rows of this list, after a phone's key.</summary>
    internal static string Filter(string? after) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {OptOutLog.Partition} and RowKey gt {Prefix + after} and RowKey lt {"r."}");

    internal static string PhoneOf(string rowKey) => OptOutKey.PhoneOf(rowKey[Prefix.Length..]);

    private async Task<bool> TryWriteAsync(string phone, string reason, HeardText text, Found? found, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var body = text.Body.Length > MaxCharacters ? text.Body[..MaxCharacters] : text.Body;
        ReviewMessage[] messages = [.. (found?.Entry.Messages ?? []).TakeLast(MaxTexts - 1), new(text.Sid, text.At, body)];
        var row = new TableEntity(OptOutLog.Partition, KeyOf(phone))
        {
            [Reason] = reason,
            [Since] = found?.Entry.Since ?? now,
            [Texts] = JsonSerializer.Serialize(messages, ApiJsonTexts.Default.ReviewMessageArray),
        };
        var told = reason == ReviewReason.Unclear ? await OptOutEvents.ReceivedAsync(outbox, phone, text, isInReview: true, cancellation) : [];
        try
        {
            await table.SubmitTransactionAsync(
                [
                    found is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, found.ETag),
                    OptOutLog.Line([phone], OptOutLog.InReview, isAdded: true, now),
                    .. OptOutList.Handled(phone, text),
                    .. told,
                ],
                cancellation);
            outbox?.Written(told);
            return true;
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            return false; // another text came, or it was our own first try: the row says
        }
    }

    private static string KeyOf(string phone) => Prefix + OptOutKey.Of(phone);

    private static ReviewEntry Read(TableEntity row) => new(
        PhoneOf(row.RowKey),
        row.GetString(Reason) ?? ReviewReason.Unclear,
        row.GetDateTimeOffset(Since) ?? default,
        JsonSerializer.Deserialize(row.GetString(Texts) ?? "[]", ApiJsonTexts.Default.ReviewMessageArray) ?? []);

    /// <param name="Entry">The entry.</param>
    /// <param name="ETag">The row's.</param>
    public sealed record Found(ReviewEntry Entry, ETag ETag);
}

/// <summary>A phone that waits for a person's decision.</summary>
/// <param name="Phone">E.164, or what the sender is called.</param>
/// <param name="Reason">One of <see cref="ReviewReason"/>.</param>
/// <param name="Since">When its first text came.</param>
/// <param name="Messages">Its texts, the last ten, oldest first.</param>
public sealed record ReviewEntry(string Phone, string Reason, DateTimeOffset Since, IReadOnlyList<ReviewMessage> Messages);

/// <param name="Sid">Twilio's id.</param>
/// <param name="At">When it came.</param>
/// <param name="Text">What it says.</param>
public sealed record ReviewMessage(string? Sid, DateTimeOffset At, string Text);

/// <summary>Why a person must decide.</summary>
public static class ReviewReason
{
    /// <summary>It may ask for no more texts.</summary>
    public const string Unclear = "unclear";

    /// <summary>START, from a phone that an operator or an import has put on the list.</summary>
    public const string Start = "start";
}

[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
[System.Text.Json.Serialization.JsonSerializable(typeof(ReviewMessage[]))]
internal sealed partial class ApiJsonTexts : System.Text.Json.Serialization.JsonSerializerContext;

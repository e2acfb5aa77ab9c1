using System.Globalization;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.Replies;

/// <summary>
/// The Replies table. A reply has two rows, written in one transaction: one that the list reads, newest first, and one under Twilio's id, so that a text that Twilio brings twice
/// is kept once.
/// </summary>
public sealed class ReplyTable(TableServiceClient service, IOptions<ReplyOptions> options, TimeProvider time)
{
    private const string Partition = "replies";
    private const string ListPrefix = "t-";
    private const string AfterList = "t.";
    private const string SidPrefix = "s-";
    private const string Sid = "sid";
    private const string From = "from";
    private const string At = "at";
    private const string Text = "text";
    private const string Media = "media";
    private const int MaxCharacters = 1600;
    private const int MaxSender = 100;
    private readonly TableClient table = service.GetTableClient(TableNames.Replies);

    /// <summary>Keeps a reply, unless replies are not kept. Keeping it twice does no harm.</summary>
    public async Task KeepAsync(Reply reply, CancellationToken cancellation)
    {
        if (options.Value.Days == 0)
        {
            return;
        }

        var row = new TableEntity(Partition, ListKey(reply))
        {
            [Sid] = reply.Sid,
            [From] = Cut(reply.From, MaxSender),
            [At] = reply.ReceivedAt,
            [Text] = Cut(reply.Text, MaxCharacters),
            [Media] = reply.Media,
        };
        try
        {
            await table.SubmitTransactionAsync(
                [new(TableTransactionActionType.Add, new TableEntity(Partition, SidPrefix + reply.Sid) { [At] = reply.ReceivedAt }), new(TableTransactionActionType.Add, row)], cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // Twilio brought it before, or our own first try arrived.
        }
    }

    /// <summary>The replies that are not too old, newest first.</summary>
    /// <param name="after">The key of the last one that the caller has; null: from the newest.</param>
    /// <param name="cancellation">Stops reading.</param>
    public IAsyncEnumerable<KeyValuePair<string, Reply>> NewestAsync(string? after, CancellationToken cancellation)
    {
        var oldest = Oldest;
        return table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after ?? ListPrefix} and RowKey lt {AfterList}"), cancellationToken: cancellation)
            .Select(row => KeyValuePair.Create(row.RowKey, Read(row)))
            .TakeWhile(each => each.Value.ReceivedAt >= oldest);
    }

    /// <summary>Every reply of a sender, by its row's key.</summary>
    public IAsyncEnumerable<KeyValuePair<string, Reply>> FromAsync(string sender, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {ListPrefix} and RowKey lt {AfterList} and from eq {sender}"), cancellationToken: cancellation)
        .Select(row => KeyValuePair.Create(row.RowKey, Read(row)));

    /// <summary>Deletes a reply; that it is gone is as good.</summary>
    public Task DeleteAsync(string key, Reply reply, CancellationToken cancellation) => Task.WhenAll(
        table.DeleteEntityAsync(Partition, SidPrefix + reply.Sid, ETag.All, cancellation), table.DeleteEntityAsync(Partition, key, ETag.All, cancellation));

    /// <summary>Whether a text from outside has the form of a row's key.</summary>
    public static bool IsKey(string text) => text.Length is > 22 and <= 64 && text.StartsWith(ListPrefix, StringComparison.Ordinal) && text.All(char.IsAscii);

    /// <summary>Deletes what is too old.</summary>
    public Task DeleteOldAsync(CancellationToken cancellation) =>
        table.DeleteAllAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and at lt {Oldest}"), cancellation);

    private DateTimeOffset Oldest => time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days);

    private static string ListKey(Reply reply) =>
        string.Create(CultureInfo.InvariantCulture, $"{ListPrefix}{DateTimeOffset.MaxValue.UtcTicks - reply.ReceivedAt.UtcTicks:d19}-{reply.Sid}");

    // Never between the two halves of a character.
    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static Reply Read(TableEntity row) => new(
        row.GetString(Sid) ?? "", row.GetString(From) ?? "", row.GetDateTimeOffset(At) ?? default, row.GetString(Text) ?? "", row.GetInt32(Media) ?? 0);
}

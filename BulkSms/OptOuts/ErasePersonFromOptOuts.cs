using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>
/// What the OptOuts table knows of a person: the opt-out, texts that wait for a decision, which of their texts were handled, and the log of changes. A phone may stand there by each of its numbers, and
/// as a carrier wrote it without the plus sign.
/// </summary>
public sealed class ErasePersonFromOptOuts(TableServiceClient service, OptOutList list, ReviewList review, KeptOptOuts kept, IOptions<OptOutOptions> options, TimeProvider time) : IPersonalData
{
    public const string ForTexts = "texts of the person that Twilio's list may tell of once more";

    /// <summary>How long after it came a text may be read from Twilio's list once more, beside the time between two readings.</summary>
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMinutes(20);

    private const string ReviewPrefix = "r-";
    private const string HandledPrefix = "h-";
    private readonly TableClient table = service.GetTableClient(TableNames.OptOuts);

    public IReadOnlyList<string> Stores { get; } = [TableNames.OptOuts];

    public IReadOnlyList<string> Lists { get; } = ["optOuts", "reviews", "receivedTexts"];

    public async IAsyncEnumerable<(string List, JsonObject Item)> ExportAsync(Person person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var phone in PhonesOf(person))
        {
            if (await list.FindAsync(phone, cancellation) is { } optOut && (optOut.Source != OptOutSource.Erased || phone == person.Numbers[0]))
            {
                yield return ("optOuts", new() { ["phone"] = optOut.Phone, ["since"] = UtcTime.Write(optOut.Since), ["source"] = optOut.Source });
            }

            if (await review.FindAsync(phone, cancellation) is { Entry: var entry })
            {
                var messages = entry.Messages.Select(message => (JsonNode)new JsonObject { ["sid"] = message.Sid, ["at"] = UtcTime.Write(message.At), ["text"] = message.Text });
                yield return ("reviews", new() { ["phone"] = entry.Phone, ["reason"] = entry.Reason, ["since"] = UtcTime.Write(entry.Since), ["messages"] = new JsonArray([.. messages]) });
            }

            await foreach (var (sid, verdict, at) in list.HandledAsync(phone, cancellation))
            {
                yield return ("receivedTexts", new() { ["sid"] = sid, ["asksFor"] = verdict, ["at"] = UtcTime.Write(at) });
            }
        }
    }

    public async Task<string?> EraseAsync(Erasure erasure, CancellationToken cancellation)
    {
        string[] keys = [.. PhonesOf(erasure.Person).Select(OptOutKey.Of).Distinct(StringComparer.Ordinal)];
        if (!erasure.KeepOptOut)
        {
            // Without a hash to tell that the person is erased, a text that is read from Twilio's list again would put them back.
            var last = await PhonesOf(erasure.Person).ToAsyncEnumerable().SelectMany(phone => list.HandledAsync(phone, cancellation)).Select(text => (DateTimeOffset?)text.At).MaxAsync(cancellationToken: cancellation);
            if (options.Value.ReadInboundEvery > TimeSpan.Zero && time.GetUtcNow() - last < ReadAgain + options.Value.ReadInboundEvery)
            {
                return ForTexts;
            }

            if (kept.Removal(await kept.FindAsync(erasure.Person.Phone, cancellation)) is { Length: > 0 } removal)
            {
                await table.SubmitTransactionAsync(removal, cancellation);
            }
        }

        foreach (var key in keys)
        {
            await TakeOffAsync(key, erasure.KeepOptOut, cancellation);
            await table.DeleteEntityAsync(OptOutLog.Partition, ReviewPrefix + key, ETag.All, cancellation);
            await table.DeleteAllAsync(
                TableClient.CreateQueryFilter($"PartitionKey eq {OptOutLog.Partition} and RowKey ge {HandledPrefix + key + "."} and RowKey lt {HandledPrefix + key + "/"}"), cancellation);
        }

        await ForgetLogAsync(keys, cancellation);
        return null;
    }

    // Where a hash is kept it does not matter that other instances still know the number as opted out; else they load the list anew, as no line of the log may name it.
    private async Task TakeOffAsync(string key, bool isKept, CancellationToken cancellation)
    {
        if (isKept || !(await table.GetEntityIfExistsAsync<TableEntity>(OptOutLog.Partition, key, cancellationToken: cancellation)).HasValue)
        {
            await table.DeleteEntityAsync(OptOutLog.Partition, key, ETag.All, cancellation);
            return;
        }

        try
        {
            var delete = new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(OptOutLog.Partition, key), ETag.All);
            await table.SubmitTransactionAsync([delete, new(TableTransactionActionType.Add, OptOutLog.ReloadLine(time.GetUtcNow()))], cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound() && !e.IsNotSetUp())
        {
            // taken off meanwhile, or by our own first try
        }
    }

    // The log is kept for a day. Who has not read a line of it yet learns less: with a hash kept nothing that matters, without one the person may be texted anyway.
    private async Task ForgetLogAsync(string[] keys, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {OptOutLog.Partition} and RowKey ge {OptOutLog.Prefix} and RowKey lt {"d"}");
        await foreach (var line in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var phones = (line.GetString(OptOutLog.Phones) ?? "").Split(OptOutLog.Separator, StringSplitOptions.RemoveEmptyEntries);
            var others = phones.Except(keys, StringComparer.Ordinal).ToArray();
            if (others.Length == phones.Length)
            {
                continue;
            }

            if (others.Length == 0)
            {
                await table.DeleteEntityAsync(line.PartitionKey, line.RowKey, ETag.All, cancellation);
                continue;
            }

            try
            {
                line[OptOutLog.Phones] = string.Join(OptOutLog.Separator, others);
                await table.UpdateEntityAsync(line, ETag.All, TableUpdateMode.Replace, cancellation);
            }
            catch (RequestFailedException e) when (e.IsNotFound())
            {
                // trimmed meanwhile
            }
        }
    }

    // Each as the table knows it, once.
    private static IEnumerable<string> PhonesOf(Person person) => person.Numbers.Concat(person.Numbers.Select(number => number[1..])).DistinctBy(OptOutKey.Of, StringComparer.Ordinal);
}

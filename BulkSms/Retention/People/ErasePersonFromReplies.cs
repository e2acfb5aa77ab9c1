using System.Text.Json.Nodes;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Replies;
using BulkSms.Storage;

namespace BulkSms.Retention.People;

/// <summary>Texts of a person that were no opt-outs, by each of their numbers, and as a carrier wrote them without the plus sign.</summary>
public sealed class ErasePersonFromReplies(ReplyTable table) : IPersonalData
{
    private const string List = "replies";

    public IReadOnlyList<string> Stores { get; } = [TableNames.Replies];

    public IReadOnlyList<string> Lists { get; } = [List];

    public IAsyncEnumerable<(string List, JsonObject Item)> ExportAsync(Person person, CancellationToken cancellation) => OfAsync(person, cancellation).Select(each => (List, new JsonObject
    {
        ["sid"] = each.Value.Sid, ["from"] = each.Value.From, ["receivedAt"] = UtcTime.Write(each.Value.ReceivedAt), ["text"] = each.Value.Text, ["media"] = each.Value.Media,
    }));

    public async Task<string?> EraseAsync(Erasure erasure, CancellationToken cancellation)
    {
        await foreach (var (key, reply) in OfAsync(erasure.Person, cancellation))
        {
            await table.DeleteAsync(key, reply, cancellation);
        }

        return null;
    }

    private IAsyncEnumerable<KeyValuePair<string, Reply>> OfAsync(Person person, CancellationToken cancellation) =>
        person.Numbers.Concat(person.Numbers.Select(number => number[1..])).ToAsyncEnumerable().SelectMany(sender => table.FromAsync(sender, cancellation));
}

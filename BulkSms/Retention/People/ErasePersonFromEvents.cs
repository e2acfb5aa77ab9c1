using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BulkSms.Common;
using BulkSms.Outbox;
using BulkSms.Recipients;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention.People;

/// <summary>
/// Deliveries to event endpoints that tell of a person. All of them are read, since what they hold is packed. What tells of others in the same delivery stays, and is delivered.
/// </summary>
public sealed class ErasePersonFromEvents(OutboxTable outbox, DeliveryTable deliveries, EndpointTable endpoints, IOptions<EventOptions> options, TimeProvider time) : IPersonalData
{
    private const string List = "events";

    /// <summary>An instance gathers events before it writes their deliveries. After so many times that long, what it knew of the person when the erasure was asked for is written.</summary>
    private const int Gatherings = 12;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<string> Stores { get; } = [TableNames.EventDeliveries, QueueNames.Events, QueueNames.EventsPoison]; // the queues hold keys of deliveries

    public IReadOnlyList<string> Lists { get; } = [List];

    public IAsyncEnumerable<(string List, JsonObject Item)> ExportAsync(Person person, CancellationToken cancellation) => OfAsync(person, cancellation).Select(each => (List, new JsonObject
    {
        ["id"] = each.Id, ["endpoint"] = each.Endpoint, ["type"] = each.Type, ["status"] = each.Status, ["createdAt"] = UtcTime.Write(each.CreatedAt),
    }));

    public async Task<string?> EraseAsync(Erasure erasure, CancellationToken cancellation)
    {
        if ((await endpoints.ListAsync(cancellation)).Count > 0 && time.GetUtcNow() - erasure.AskedAt < options.Value.GatherFor * Gatherings)
        {
            return "events that are being gathered";
        }

        if (await outbox.ListAsync(cancellation).AnyAsync(stored => Names(erasure.Person, stored.Event.Data), cancellation))
        {
            return "an event that is still to be told";
        }

        var left = 0;
        await foreach (var delivery in OfAsync(erasure.Person, cancellation))
        {
            var events = Without(erasure.Person, JsonNode.Parse(delivery.Body())!);
            var body = delivery.IsBatch ? new JsonArray([.. events]) : events.FirstOrDefault();
            var changed = delivery with { Events = events.Length, Packed = EventDelivery.Pack(Encoding.UTF8.GetBytes(body?.ToJsonString(Readable) ?? "")) };
            left += await deliveries.TryRewriteAsync(changed, cancellation) ? 0 : 1;
        }

        return left == 0 ? null : "a delivery that is under way";
    }

    private IAsyncEnumerable<EventDelivery> OfAsync(Person person, CancellationToken cancellation) =>
        deliveries.AllAsync(cancellation).Where(delivery => Names(person, Encoding.UTF8.GetString(delivery.Body())));

    // Of several phones in one event the others stay.
    private static JsonNode[] Without(Person person, JsonNode body)
    {
        var kept = new List<JsonNode>();
        foreach (var each in body is JsonArray batch ? batch.OfType<JsonNode>().ToArray() : [body])
        {
            (each.Parent as JsonArray)?.Remove(each);
            if (each["data"]?["phones"] is JsonArray phones)
            {
                phones.RemoveAll(phone => person.Has((string?)phone));
                if (phones.Count == 0)
                {
                    continue;
                }
            }

            if (!Names(person, each.ToJsonString(Readable)))
            {
                kept.Add(each);
            }
        }

        return [.. kept];
    }

    private static bool Names(Person person, string json) => person.Numbers.Any(number => json.Contains($"\"{number}\"", StringComparison.Ordinal) || json.Contains($"\"\\u002B{number[1..]}\"", StringComparison.Ordinal));
}

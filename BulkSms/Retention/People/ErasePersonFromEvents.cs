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
    private const string Data = "data";

    /// <summary>An instance gathers events before it writes their deliveries. After so many times that long, what it knew of the person when their last row was erased is written.</summary>
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
        if ((await endpoints.ListAsync(cancellation)).Count > 0 && time.GetUtcNow() - erasure.Since < options.Value.GatherFor * Gatherings)
        {
            return "events that are being gathered";
        }

        // Those first: deliveries are made of them. What an instance was making of one meanwhile is found the next time.
        var untold = 0;
        await foreach (var stored in outbox.ListAsync(cancellation).Where(stored => Names(erasure.Person, stored.Event.Data)).WithCancellation(cancellation))
        {
            var data = new JsonObject { [Data] = JsonNode.Parse(stored.Event.Data) };
            await outbox.RewriteAsync(stored, Without(erasure.Person, data) is [var left] ? left[Data]!.ToJsonString(Readable) : null, cancellation);
            untold++;
        }

        if (untold > 0)
        {
            return "an event that was still to be told";
        }

        return await FromDeliveriesAsync(erasure.Person, cancellation) ? null : "a delivery that is under way";
    }

    private async Task<bool> FromDeliveriesAsync(Person person, CancellationToken cancellation)
    {
        var areAll = true;
        await foreach (var delivery in OfAsync(person, cancellation))
        {
            var events = Without(person, JsonNode.Parse(delivery.Body())!);
            var body = delivery.IsBatch ? new JsonArray([.. events]) : events.FirstOrDefault();
            var changed = delivery with { Events = events.Length, Packed = EventDelivery.Pack(Encoding.UTF8.GetBytes(body?.ToJsonString(Readable) ?? "")) };
            areAll &= await deliveries.TryRewriteAsync(changed, cancellation);
        }

        return areAll;
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
            if (each[Data]?["phones"] is JsonArray phones)
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

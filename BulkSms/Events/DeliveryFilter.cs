using System.Text.Json;
using BulkSms.Http;
using BulkSms.Outbox;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Events;

/// <summary>Which deliveries are meant.</summary>
/// <param name="Status">Those in this status; null: in any.</param>
/// <param name="After">After this one; null: from the first.</param>
public sealed record DeliveryFilter(string? Status, (string Status, string Key)? After)
{
    /// <summary>Bytes of the largest body that holds one, or ids.</summary>
    public const int MaxBytes = 128 * 1024;

    private const char Between = '.';

    /// <summary>From <c>?status=&amp;cursor=</c>.</summary>
    public static DeliveryFilter Read(IQueryCollection query, FieldErrors errors) => Check((Text(query, "status"), "status"), (Text(query, "cursor"), "cursor"), errors);

    /// <summary>The cursor after a delivery.</summary>
    public static string CursorOf(EventDelivery last) => CursorOf(last.Status, last.Key);

    public static string CursorOf(string status, string key) => $"{status}{Between}{key}";

    /// <summary>Each as text (null: not given) with the path that an error is told at.</summary>
    internal static DeliveryFilter Check((string? Text, string Path) status, (string? Text, string Path) cursor, FieldErrors errors)
    {
        if (status.Text is not null && !DeliveryStatus.All.Contains(status.Text, StringComparer.Ordinal))
        {
            errors.Add(status.Path, $"must be one of {string.Join(", ", DeliveryStatus.All)}");
        }

        (string, string)? after = null;
        if (cursor.Text is not null)
        {
            if (cursor.Text.Split(Between) is [var in_, var key] && DeliveryStatus.All.Contains(in_, StringComparer.Ordinal) && EventDelivery.IsKey(key) && (status.Text is null || status.Text == in_))
            {
                after = (in_, key);
            }
            else
            {
                errors.Add(cursor.Path, "is not a cursor of this list");
            }
        }

        return new(status.Text, after);
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
}

/// <summary>What is to be tried again: deliveries by id, or a page of those in a status.</summary>
/// <param name="Keys">The deliveries; null: what the filter finds.</param>
/// <param name="Filter">Empty when there are ids.</param>
public sealed record DeliveryReplayRequest(IReadOnlyList<string>? Keys, DeliveryFilter Filter)
{
    /// <summary>Deliveries that one request replays.</summary>
    public const int MaxDeliveries = 1000;

    private static readonly string[] Known = ["ids", "status", "cursor"];

    /// <summary>Reads a body; the result is null exactly when there is an error.</summary>
    public static DeliveryReplayRequest? Read(JsonElement root, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(property => !Known.Contains(property.Name, StringComparer.Ordinal))
            || root.TryGetProperty("ids", out var list) == root.TryGetProperty("status", out _))
        {
            errors.Add("$", "must be an object with ids, or with status, failed or delivered, and a cursor perhaps"); // never everything by leaving something out
            return null;
        }

        var filter = DeliveryFilter.Check((Text(root, "status"), "$.status"), (Text(root, "cursor"), "$.cursor"), errors);
        if (filter.Status == DeliveryStatus.Pending)
        {
            errors.Add("$.status", "must be failed or delivered: pending ones are tried again by themselves");
        }

        var keys = list.ValueKind == JsonValueKind.Undefined ? null : ReadIds(list, errors);
        return errors.Any ? null : new(keys, filter);
    }

    private static List<string> ReadIds(JsonElement list, FieldErrors errors)
    {
        var keys = new List<string>();
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxDeliveries)
        {
            errors.Add("$.ids", $"must be an array of 1 to {MaxDeliveries} ids");
            return keys;
        }

        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (JsonBody.TryGetText(element, out var text) && EventDelivery.KeyOf(text) is { } key)
            {
                keys.Add(key);
            }
            else
            {
                errors.Add($"$.ids[{index}]", "is not the id of a delivery");
            }
        }

        return keys;
    }

    // A value of another kind, or no Unicode, is read as a text that fits nothing.
    private static string? Text(JsonElement root, string name) => !root.TryGetProperty(name, out var value) ? null : JsonBody.TryGetText(value, out var text) ? text : "";
}

using System.Text.Json;
using BulkSms.Common;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Poison;

/// <summary>Which entries are meant.</summary>
/// <param name="BroadcastId">Of this broadcast; null: of all.</param>
/// <param name="Code">With this code; null: with any.</param>
/// <param name="After">After this entry; null: from the first.</param>
public sealed record PoisonFilter(string? BroadcastId, int? Code, PoisonId? After)
{
    /// <summary>From <c>?broadcastId=&amp;code=&amp;cursor=</c>.</summary>
    public static PoisonFilter Read(IQueryCollection query, FieldErrors errors) => Check(
        (Text(query, "broadcastId"), "broadcastId"), (Text(query, "code"), "code"), (Text(query, "cursor"), "cursor"), errors);

    /// <summary>Each as text (null: not given) with the path that a fault is told at.</summary>
    internal static PoisonFilter Check((string? Text, string Path) id, (string? Text, string Path) code, (string? Text, string Path) cursor, FieldErrors errors)
    {
        if (id.Text is not null && !Common.BroadcastId.IsWellFormed(id.Text))
        {
            errors.Add(id.Path, "is not the id of a broadcast");
        }

        var number = 0;
        if (code.Text is not null && !int.TryParse(code.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number))
        {
            errors.Add(code.Path, "must be a whole number");
        }

        PoisonId after = default;
        if (cursor.Text is not null && !PoisonId.TryParse(cursor.Text, out after))
        {
            errors.Add(cursor.Path, "is not a cursor of this list");
        }

        return new(id.Text, code.Text is null ? null : number, cursor.Text is null ? null : after);
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
}

/// <summary>What is to be replayed: entries by id, or a page of those that a filter finds.</summary>
/// <param name="Ids">The entries; null: what the filter finds.</param>
/// <param name="Filter">Empty when there are ids.</param>
public sealed record ReplayRequest(IReadOnlyList<PoisonId>? Ids, PoisonFilter Filter)
{
    /// <summary>Entries that one request replays.</summary>
    public const int MaxEntries = 1000;

    /// <summary>The broadcast of all that is meant; null: it is of several, or that is not told.</summary>
    public string? BroadcastId => Filter.BroadcastId ?? (Ids?.Select(id => id.Partition).Distinct(StringComparer.Ordinal).ToArray() is [var only] && only != PoisonId.Unread ? only : null);

    private static readonly string[] Known = ["ids", "broadcastId", "code", "cursor"];

    /// <summary>Reads a body; the result is null exactly when there is a fault.</summary>
    public static ReplayRequest? Read(JsonElement root, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(property => !Known.Contains(property.Name, StringComparer.Ordinal)))
        {
            errors.Add("$", "must be an object with ids, or with broadcastId, code or both, and a cursor perhaps");
            return null;
        }

        var filter = PoisonFilter.Check(
            (Text(root, "broadcastId", JsonValueKind.String), "$.broadcastId"), (Text(root, "code", JsonValueKind.Number), "$.code"),
            (Text(root, "cursor", JsonValueKind.String), "$.cursor"), errors);
        var ids = ReadIds(root, errors);
        if (ids is null == (filter.BroadcastId is null && filter.Code is null))
        {
            errors.Add("$", "must have ids, or broadcastId, code or both"); // never everything by leaving something out
        }

        return errors.Any ? null : new(ids, filter);
    }

    private static List<PoisonId>? ReadIds(JsonElement root, FieldErrors errors)
    {
        if (!root.TryGetProperty("ids", out var list))
        {
            return null;
        }

        var ids = new List<PoisonId>();
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxEntries)
        {
            errors.Add("$.ids", $"must be an array of 1 to {MaxEntries} ids");
            return ids;
        }

        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (JsonBody.TryGetText(element, out var text) && PoisonId.TryParse(text, out var id))
            {
                ids.Add(id);
            }
            else
            {
                errors.Add($"$.ids[{index}]", "is not the id of a poison message");
            }
        }

        return ids;
    }

    // A value of another kind, or no Unicode, is read as a text that fits nothing.
    private static string? Text(JsonElement root, string name, JsonValueKind kind) =>
        !root.TryGetProperty(name, out var value) ? null
        : value.ValueKind != kind ? ""
        : kind == JsonValueKind.Number ? value.GetRawText()
        : JsonBody.TryGetText(value, out var text) ? text : "";
}

using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>A recipient in JSON: a number, or <c>{"to": "+15551234567", "data": {"name": "Ada"}}</c>. Data that the message does not use is not looked at.</summary>
internal static class JsonRecipient
{
    private const string Data = "data";

    /// <summary>Adds an entry; returns what is wrong with it, or null.</summary>
    public static RecipientFault? AddTo(RecipientList list, JsonElement entry) => entry.ValueKind switch
    {
        JsonValueKind.Object => AddObject(list, entry),
        _ when JsonBody.TryGetText(entry, out var number) => list.Add(number) is { } fault ? new("", fault) : null,
        _ => new("", "must be a string, or an object such as {\"to\": \"+15551234567\", \"data\": {\"name\": \"Ada\"}}"),
    };

    private static RecipientFault? AddObject(RecipientList list, JsonElement entry)
    {
        foreach (var property in entry.EnumerateObject().Where(property => property.Name is not (RecipientList.Number or Data)))
        {
            return new(JsonFields.Printable(property.Name), "is not a known field");
        }

        if (!entry.TryGetProperty(RecipientList.Number, out var to))
        {
            return new(RecipientList.Number, "is required");
        }

        if (!JsonBody.TryGetText(to, out var number))
        {
            return new(RecipientList.Number, "must be a string");
        }

        var values = list.Texts is { } texts ? new string?[texts.Names.Count] : null;
        if (entry.TryGetProperty(Data, out var data) && (data.ValueKind is JsonValueKind.Object ? ReadData(list, data, values) : new(Data, "must be an object")) is { } fault)
        {
            return fault;
        }

        return list.Add(number, values);
    }

    private static RecipientFault? ReadData(RecipientList list, JsonElement data, string?[]? values)
    {
        if (values is null)
        {
            return null;
        }

        // Once through the data, however much of it there is that no placeholder names.
        foreach (var property in data.EnumerateObject())
        {
            if (list.Texts!.IndexOf(property.Name) is var index and >= 0)
            {
                var value = property.Value;
                values[index] = value.ValueKind is JsonValueKind.Number ? value.GetRawText() : JsonBody.TryGetText(value, out var text) ? text : null;
                if (values[index] is null)
                {
                    return new($"{Data}.{property.Name}", "must be a string or a number");
                }
            }
        }

        return null;
    }
}

using System.Text.Json;
using BulkSms.Http;
using BulkSms.Messages;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// A recipient in JSON: a number, or <c>{"to": "+15551234567", "reference": "A-17", "data": {"name": "Ada"}}</c>. Data that the message does not use may be of any kind.
/// </summary>
internal static class JsonRecipient
{
    private const string Data = "data";

    /// <summary>Reads an entry.</summary>
    /// <param name="entry">It.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="texts">The texts that its data is for; null: there are none.</param>
    /// <param name="read">The entry, as far as it could be read.</param>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public static RecipientFault? Read(JsonElement entry, int place, PersonalTexts? texts, out ListEntry read)
    {
        read = new(place);
        if (entry.ValueKind == JsonValueKind.Object)
        {
            return ReadObject(entry, texts, ref read);
        }

        if (JsonBody.TryGetText(entry, out var number))
        {
            read = new(place, number);
            return null;
        }

        return new("", "must be a string, or an object such as {\"to\": \"+15551234567\", \"data\": {\"name\": \"Ada\"}}");
    }

    private static RecipientFault? ReadObject(JsonElement entry, PersonalTexts? texts, ref ListEntry read)
    {
        foreach (var property in entry.EnumerateObject().Where(property => property.Name is not (RecipientList.Number or Data) && !ListEntry.ReferenceNames.Contains(property.Name)))
        {
            return new(JsonFields.Printable(property.Name), $"is not a known field: the values of a text stand in {Data}");
        }

        if (!entry.TryGetProperty(RecipientList.Number, out var to))
        {
            return new(RecipientList.Number, "is required");
        }

        if (!JsonBody.TryGetText(to, out var number))
        {
            return new(RecipientList.Number, "must be a string");
        }

        read = read with { Number = number };
        var values = new List<KeyValuePair<string, string>>();
        if ((ReadReference(entry, ref read) ?? (entry.TryGetProperty(Data, out var data) ? ReadData(data, texts, values) : null)) is { } fault)
        {
            return fault;
        }

        read = read with { Data = values.Count == 0 ? null : values };
        return null;
    }

    private static RecipientFault? ReadReference(JsonElement entry, ref ListEntry read)
    {
        foreach (var name in ListEntry.ReferenceNames)
        {
            if (entry.TryGetProperty(name, out var value))
            {
                if (TextOf(value) is not { } text)
                {
                    return new(name, "must be a string or a number");
                }

                read = read.Reference is null ? read with { Reference = text } : read;
            }
        }

        return null;
    }

    private static RecipientFault? ReadData(JsonElement data, PersonalTexts? texts, List<KeyValuePair<string, string>> values)
    {
        if (data.ValueKind is not JsonValueKind.Object)
        {
            return new(Data, "must be an object");
        }

        foreach (var property in data.EnumerateObject())
        {
            if (TextOf(property.Value) is { } text)
            {
                values.Add(new(property.Name, text));
            }
            else if (texts?.IndexOf(property.Name) is { } index and >= 0 && !(property.Value.ValueKind is JsonValueKind.Null && texts.HasDefault(index)))
            {
                return new($"{Data}.{property.Name}", "must be a string or a number");
            }
        }

        return null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind is JsonValueKind.Number ? value.GetRawText() : JsonBody.TryGetText(value, out var text) ? text : null;
}

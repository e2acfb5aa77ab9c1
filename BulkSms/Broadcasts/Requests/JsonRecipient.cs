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

    /// <summary>What opt-outs call the number.</summary>
    private const string Phone = "phone";

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

        read = new(place, entry.GetRawText());
        return new("", "must be a string, or an object such as {\"to\": \"+15551234567\", \"data\": {\"name\": \"Ada\"}}");
    }

    private static RecipientFault? ReadObject(JsonElement entry, PersonalTexts? texts, ref ListEntry read)
    {
        var (hasTo, hasPhone) = (entry.TryGetProperty(RecipientList.Number, out var to), entry.TryGetProperty(Phone, out var phone));
        if (hasPhone && !hasTo)
        {
            to = phone;
        }

        if (hasTo || hasPhone)
        {
            read = read with { Number = JsonBody.TryGetText(to, out var number) ? number : to.GetRawText() };
        }

        if (ReadReference(entry, ref read) is { } unfit)
        {
            return unfit;
        }

        foreach (var property in entry.EnumerateObject().Where(property => property.Name is not (RecipientList.Number or Phone or Data) && !ListEntry.ReferenceNames.Contains(property.Name)))
        {
            return new(JsonFields.Printable(property.Name), $"is not a known field: the values of a text stand in {Data}");
        }

        return hasTo && hasPhone ? new(Phone, $"is the same as {RecipientList.Number}: give one of the two")
            : to.ValueKind is JsonValueKind.Undefined ? new(RecipientList.Number, "is required")
            : !JsonBody.TryGetText(to, out _) ? new(RecipientList.Number, "must be a string")
            : entry.TryGetProperty(Data, out var data) ? ReadData(data, texts, ref read)
            : null;
    }

    // An id is often a number.
    private static RecipientFault? ReadReference(JsonElement entry, ref ListEntry read)
    {
        foreach (var name in ListEntry.ReferenceNames)
        {
            if (entry.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null)
            {
                if (TextOf(value) is not { } text)
                {
                    return new(name, "must be a string or a number");
                }

                read = read.Reference is null && text.Length > 0 ? read with { Reference = text } : read;
            }
        }

        return null;
    }

    private static RecipientFault? ReadData(JsonElement data, PersonalTexts? texts, ref ListEntry read)
    {
        if (data.ValueKind is not JsonValueKind.Object)
        {
            return new(Data, "must be an object");
        }

        var values = new List<KeyValuePair<string, string>>();
        foreach (var property in data.EnumerateObject())
        {
            var (kind, text) = (property.Value.ValueKind, TextOf(property.Value));
            if (text is null && (kind is JsonValueKind.String || (texts?.IndexOf(property.Name) is { } index and >= 0 && !(kind is JsonValueKind.Null && texts.HasDefault(index)))))
            {
                return new($"{Data}.{property.Name}", "must be a string or a number");
            }

            if (kind is JsonValueKind.Number && text!.AsSpan().IndexOfAny('e', 'E') >= 0 && texts?.IndexOf(property.Name) >= 0)
            {
                return new($"{Data}.{property.Name}", "is a number with an exponent: write it as a string, as the text message should show it");
            }

            if (kind is not JsonValueKind.Null)
            {
                values.Add(new(property.Name, text ?? property.Value.GetRawText())); // what the message does not use may be anything
            }
        }

        read = read with { Data = values.Count == 0 ? null : values };
        return null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind is JsonValueKind.Number ? value.GetRawText() : JsonBody.TryGetText(value, out var text) ? text : null;
}

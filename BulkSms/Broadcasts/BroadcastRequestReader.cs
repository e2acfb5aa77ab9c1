using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>JSON → <see cref="BroadcastRequest"/>, or every fault at once by its JSON path. Nothing is coerced.</summary>
public sealed class BroadcastRequestReader(IOptions<BroadcastOptions> options, TimeProvider time)
{
    private const string Message = "message";
    private const string Recipients = "recipients";
    private const string SendAt = "sendAt";
    private const string ExpiresAt = "expiresAt";
    private const string QuietHoursField = "quietHours";
    private static readonly string[] Known = [Message, Recipients, SendAt, ExpiresAt, QuietHoursField];
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };
    private readonly BroadcastOptions limits = options.Value;

    /// <summary>Reads a body.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="errors">Takes the faults; the result is null exactly when there is one.</param>
    /// <exception cref="JsonException">The body is not JSON, repeats a key or is nested deeper than 16.</exception>
    public BroadcastRequest? Read(ReadOnlyMemory<byte> body, FieldErrors errors)
    {
        try
        {
            return ReadDocument(body, errors);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A name is not valid Unicode.", e); // half a surrogate pair, or bytes that are not UTF-8
        }
    }

    private BroadcastRequest? ReadDocument(ReadOnlyMemory<byte> body, FieldErrors errors)
    {
        using var document = JsonDocument.Parse(body, Strict);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add("$", $"must be an object, such as {{\"{Message}\": \"…\", \"{Recipients}\": [\"+15551234567\"]}}");
            return null;
        }

        foreach (var property in root.EnumerateObject().Where(property => !Known.Contains(property.Name, StringComparer.Ordinal)))
        {
            errors.Add(UnknownPath(property.Name), "is not a known field");
        }

        var message = ReadMessage(root, errors);
        var recipients = ReadRecipients(root, errors);
        var (sendAt, expiresAt) = ReadTimes(root, errors);
        var quiet = ReadQuietHours(root, errors);
        return errors.Any ? null : new BroadcastRequest(message!, recipients) { SendAt = sendAt, ExpiresAt = expiresAt, Quiet = quiet };
    }

    // Whether it has expired already is not asked here: the repeat of a request that came in time is answered as the first was.
    private (DateTimeOffset? SendAt, DateTimeOffset? ExpiresAt) ReadTimes(JsonElement root, FieldErrors errors)
    {
        var (now, sendAt, expiresAt) = (time.GetUtcNow(), ReadTime(root, SendAt, errors), ReadTime(root, ExpiresAt, errors));
        if (sendAt - now > LongestAhead)
        {
            errors.Add("$." + SendAt, $"must be at most {LongestAhead.TotalDays} days ahead");
        }

        if (expiresAt <= sendAt)
        {
            errors.Add("$." + ExpiresAt, $"must be after {SendAt}");
        }

        if (expiresAt - (sendAt > now ? sendAt : now) > LongestLife)
        {
            errors.Add("$." + ExpiresAt, $"must be at most {LongestLife.TotalDays} days after it is due");
        }

        return (sendAt, expiresAt);
    }

    private static QuietHours? ReadQuietHours(JsonElement root, FieldErrors errors)
    {
        const string Path = "$." + QuietHoursField;
        if (!root.TryGetProperty(QuietHoursField, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(Path, "must be an object, such as {\"from\": \"21:00\", \"to\": \"08:00\"}");
            return null;
        }

        foreach (var property in value.EnumerateObject().Where(property => property.Name is not ("from" or "to" or "timeZone")))
        {
            errors.Add(UnknownPath(QuietHoursField + "." + property.Name), "is not a known field");
        }

        var (from, to) = (ReadHour(value, "from", errors), ReadHour(value, "to", errors));
        if (from == to && from is not null)
        {
            errors.Add(Path, "must not be the whole day");
        }

        var zone = QuietHours.DefaultFallback;
        if (value.TryGetProperty("timeZone", out var name) && !(TryGetText(name, out zone) && QuietHours.IsZone(zone)))
        {
            errors.Add(Path + ".timeZone", "must be an IANA time zone, such as Europe/Berlin");
        }

        return from is { } begins && to is { } ends ? new(begins, ends, zone) : null;
    }

    private static TimeOnly? ReadHour(JsonElement hours, string name, FieldErrors errors)
    {
        if (hours.TryGetProperty(name, out var value) && TryGetText(value, out var text) && QuietHours.TryParseTime(text, out var time))
        {
            return time;
        }

        errors.Add($"$.{QuietHoursField}.{name}", "must be a time of day, such as 21:00");
        return null;
    }

    private static DateTimeOffset? ReadTime(JsonElement root, string name, FieldErrors errors)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (TryGetText(value, out var text) && RequestTime.TryParse(text, out var time))
        {
            return time;
        }

        errors.Add("$." + name, RequestTime.Fault);
        return null;
    }

    private string? ReadMessage(JsonElement root, FieldErrors errors)
    {
        const string Path = "$." + Message;
        if (!root.TryGetProperty(Message, out var value))
        {
            errors.Add(Path, "is required");
            return null;
        }

        if (!TryGetText(value, out var text))
        {
            errors.Add(Path, "must be a string of valid Unicode");
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add(Path, "must not be blank");
        }
        else if (text.Length > limits.MaxMessageLength)
        {
            errors.Add(Path, $"must be at most {limits.MaxMessageLength} characters; it has {text.Length}");
        }

        if (text.AsSpan().ContainsAny(UnsendableControls))
        {
            errors.Add(Path, "must not contain control characters other than tab, line feed, form feed and carriage return");
        }

        return text;
    }

    private RecipientList ReadRecipients(JsonElement root, FieldErrors errors)
    {
        const string Path = "$." + Recipients;
        var list = new RecipientList();
        if (!root.TryGetProperty(Recipients, out var value))
        {
            errors.Add(Path, "is required");
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(Path, "must be an array of phone numbers");
        }
        else if (value.GetArrayLength() is var count && (count == 0 || count > limits.MaxRecipients))
        {
            errors.Add(Path, $"must have 1 to {limits.MaxRecipients} entries; it has {count}");
        }
        else
        {
            AddEach(value, list, errors);
        }

        return list;
    }

    private static void AddEach(JsonElement array, RecipientList list, FieldErrors errors)
    {
        var index = 0;
        foreach (var entry in array.EnumerateArray())
        {
            var fault = TryGetText(entry, out var text) ? list.Add(text) : "must be a string";
            if (fault is not null)
            {
                errors.Add($"$.{Recipients}[{index}]", fault);
            }

            index++;
        }
    }

    private static readonly System.Buffers.SearchValues<char> UnsendableControls = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c).Except(['\t', '\n', '\f', '\r']), '\u007f']);

    /// <summary>False for anything but a string, and for one with half a surrogate pair, which JSON can spell but no message can carry.</summary>
    private static bool TryGetText(JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // A name from outside is shown, but neither at any length nor with characters that could forge another line.
    private static string UnknownPath(string name) =>
        "$." + new string([.. name.Take(64).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
}

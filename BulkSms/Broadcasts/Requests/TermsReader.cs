using System.Buffers;
using BulkSms.Http;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Fields → <see cref="BroadcastTerms"/>, or every fault at once. The same for every content type.</summary>
internal sealed class TermsReader(BroadcastOptions limits, TimeProvider time)
{
    public const string Message = "message";
    private const string SendAt = "sendAt";
    private const string ExpiresAt = "expiresAt";
    private const string DefaultRegion = "defaultRegion";
    private const string Strict = "strict";
    private static readonly string[] Known = [Message, SendAt, ExpiresAt, QuietHoursReader.Name, DefaultRegion, Strict];
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    private static readonly SearchValues<char> UnsendableControls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c).Except(['\t', '\n', '\f', '\r']), '\u007f']);

    /// <summary>Reads the terms.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="other">Names of fields that somebody else reads.</param>
    /// <param name="errors">Takes the faults; the terms count only when there is none.</param>
    public BroadcastTerms Read(IRequestFields fields, IReadOnlyCollection<string> other, FieldErrors errors)
    {
        foreach (var name in fields.Names.Where(name => !Known.Contains(name, StringComparer.Ordinal) && !other.Contains(name, StringComparer.Ordinal)))
        {
            errors.Add(fields.PathOf(name), "is not a known field");
        }

        var message = ReadMessage(fields, errors);
        var (sendAt, expiresAt) = ReadTimes(fields, errors);
        return new(message ?? "")
        {
            SendAt = sendAt,
            ExpiresAt = expiresAt,
            Quiet = QuietHoursReader.Read(fields, errors),
            Numbers = ReadNumberRules(fields, errors),
        };
    }

    private string? ReadMessage(IRequestFields fields, FieldErrors errors)
    {
        var path = fields.PathOf(Message);
        if (!fields.TryFind(Message, out var field))
        {
            errors.Add(path, "is required");
            return null;
        }

        if (!field.TryGetText(out var text))
        {
            errors.Add(path, "must be a string of valid Unicode");
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add(path, "must not be blank");
        }
        else if (text.Length > limits.MaxMessageLength)
        {
            errors.Add(path, $"must be at most {limits.MaxMessageLength} characters; it has {text.Length}");
        }

        if (text.AsSpan().ContainsAny(UnsendableControls))
        {
            errors.Add(path, "must not contain control characters other than tab, line feed, form feed and carriage return");
        }

        return text;
    }

    // Whether it has expired already is not asked here: the repeat of a request that came in time is answered as the first was.
    private (DateTimeOffset? SendAt, DateTimeOffset? ExpiresAt) ReadTimes(IRequestFields fields, FieldErrors errors)
    {
        var (now, sendAt, expiresAt) = (time.GetUtcNow(), ReadTime(fields, SendAt, errors), ReadTime(fields, ExpiresAt, errors));
        if (sendAt - now > LongestAhead)
        {
            errors.Add(fields.PathOf(SendAt), $"must be at most {LongestAhead.TotalDays} days ahead");
        }

        if (expiresAt <= sendAt)
        {
            errors.Add(fields.PathOf(ExpiresAt), $"must be after {SendAt}");
        }

        if (expiresAt - (sendAt > now ? sendAt : now) > LongestLife)
        {
            errors.Add(fields.PathOf(ExpiresAt), $"must be at most {LongestLife.TotalDays} days after it is due");
        }

        return (sendAt, expiresAt);
    }

    private static DateTimeOffset? ReadTime(IRequestFields fields, string name, FieldErrors errors)
    {
        if (!fields.TryFind(name, out var field))
        {
            return null;
        }

        if (field.TryGetText(out var text) && RequestTime.TryParse(text, out var time))
        {
            return time;
        }

        errors.Add(fields.PathOf(name), RequestTime.Fault);
        return null;
    }

    private static NumberRules ReadNumberRules(IRequestFields fields, FieldErrors errors)
    {
        var region = "";
        if (fields.TryFind(DefaultRegion, out var field) && !(field.TryGetText(out region) && NumberRules.IsRegion(region)))
        {
            errors.Add(fields.PathOf(DefaultRegion), "must be a country in ISO 3166-1 alpha-2, in capitals, such as US or GB");
            return NumberRules.E164;
        }

        return new(field is null ? null : region, ReadFlag(fields, Strict, errors));
    }

    private static bool ReadFlag(IRequestFields fields, string name, FieldErrors errors)
    {
        if (!fields.TryFind(name, out var field))
        {
            return false;
        }

        if (!field.TryGetFlag(out var flag))
        {
            errors.Add(fields.PathOf(name), "must be true or false");
        }

        return flag;
    }
}

using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace BulkSms.TwilioSimulator;

/// <summary>The form of a create call, read but not yet judged: what is missing is empty or null.</summary>
internal sealed record CreateForm
{
    public const int LongestValidity = 36_000;

    public string To { get; private init; } = "";

    public string Body { get; private init; } = "";

    /// <summary>Addresses of media, in their order.</summary>
    public IReadOnlyList<string> MediaUrls { get; private init; } = [];

    public string? ContentSid { get; private init; }

    public string? ContentVariables { get; private init; }

    public bool ShortenUrls { get; private init; }

    public string? From { get; private init; }

    public string? MessagingServiceSid { get; private init; }

    public string? StatusCallback { get; private init; }

    /// <summary>0 if it is not a number.</summary>
    public int ValidityPeriod { get; private init; } = LongestValidity;

    /// <summary>Null if it is not given: then the Messaging Service decides.</summary>
    public bool? SmartEncoded { get; private init; }

    public string? ScheduleType { get; private init; }

    /// <summary>Null if there is none, or if it cannot be read.</summary>
    public DateTimeOffset? SendAt { get; private init; }

    public bool IsScheduled => ScheduleType is not null;

    public static CreateForm Parse(byte[] raw)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(raw));
        var form = reader.ReadForm();
        var validity = Text(form, "ValidityPeriod");
        var scheduleType = Text(form, "ScheduleType");
        return new CreateForm
        {
            To = Text(form, "To") ?? "",
            Body = Text(form, "Body") ?? "",
            MediaUrls = form.TryGetValue("MediaUrl", out var media) ? [.. media.OfType<string>()] : [],
            ContentSid = Text(form, "ContentSid"),
            ContentVariables = Text(form, "ContentVariables"),
            ShortenUrls = string.Equals(Text(form, "ShortenUrls"), "true", StringComparison.OrdinalIgnoreCase),
            From = Text(form, "From"),
            MessagingServiceSid = Text(form, "MessagingServiceSid"),
            StatusCallback = Text(form, "StatusCallback"),
            ValidityPeriod = validity is null ? LongestValidity : Number(validity),
            SmartEncoded = bool.TryParse(Text(form, "SmartEncoded"), out var smart) ? smart : null,
            ScheduleType = scheduleType,
            SendAt = scheduleType is null ? null : Date(Text(form, "SendAt")),
        };
    }

    private static string? Text(Dictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var values) && values[0] is { Length: > 0 } value ? value : null;

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}

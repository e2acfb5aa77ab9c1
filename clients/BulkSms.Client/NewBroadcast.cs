using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>A text and the people it goes to, given one by one or as a file.</summary>
public sealed record NewBroadcast
{
    /// <summary>The text, or a template with placeholders such as <c>{{name}}</c>; null: there is none but <see cref="MediaUrls"/> or <see cref="ContentSid"/>.</summary>
    public string? Message { get; init; }

    /// <summary>Addresses of up to ten media files: the message is an MMS.</summary>
    public IReadOnlyCollection<Uri> MediaUrls { get; init; } = [];

    /// <summary>A content template in place of a text; null: none.</summary>
    public string? ContentSid { get; init; }

    /// <summary>The variables of the content template, which may have placeholders.</summary>
    public IReadOnlyDictionary<string, string>? ContentVariables { get; init; }

    /// <summary>Whether Twilio shortens links, and tells who follows one.</summary>
    public bool ShortenUrls { get; init; }

    /// <summary>The people. More than a thousand are sent as a file, whose lines errors then name.</summary>
    public IReadOnlyCollection<NewRecipient> Recipients { get; init; } = [];

    /// <summary>The people as a file, in place of <see cref="Recipients"/>.</summary>
    public RecipientFile? File { get; init; }

    /// <summary>The profile that sends it; null: <c>default</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether it goes before broadcasts that do not ask for that.</summary>
    public bool HighPriority { get; init; }

    /// <summary>When it is due; null: at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>How long the people are spread over, evenly, from when it is due: a minute to seven days; null: all are due at once.</summary>
    public TimeSpan? SendOver { get; init; }

    /// <summary>The first part of the list that is sent alone, to see what comes of it; null: there is none.</summary>
    public Canary? Canary { get; init; }

    /// <summary>What has not been sent by then expires; null: 24 hours after it is due, or after the end of <see cref="SendOver"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When no recipient is texted.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>The country of numbers without +; null: such a number is an error.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>A number must be valid, not merely possible.</summary>
    public bool Strict { get; init; }

    /// <summary>US dollars: the request is refused when the estimate is higher, or not known.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Entries with an error are left out and counted; else one error refuses the request.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>What becomes of a phone that is given again with another personal text.</summary>
    public BroadcastRequest_onDuplicate? OnDuplicate { get; init; }

    /// <summary>Numbers that could not get a text before are left out and counted.</summary>
    public bool SkipKnownBad { get; init; }

    /// <summary>What looks like a mistake is sent as it is.</summary>
    public bool Literal { get; init; }

    /// <summary>Whether curly quotes, dashes and the like are replaced; null: as the app is set.</summary>
    public bool? SmartEncoding { get; init; }

    /// <summary>It is sent though the same text to the same list was accepted within 24 hours. An Idempotency-Key says that, too.</summary>
    public bool ConfirmRepeat { get; init; }

    /// <summary>Of a file: the column of the phone numbers; null: the one that is called like it.</summary>
    public string? NumberColumn { get; init; }

    /// <summary>Of a workbook: the sheet; null: the first that is not hidden.</summary>
    public string? Sheet { get; init; }

    /// <summary>Of a workbook: whether rows that a sheet hides are left out; null: they are an error.</summary>
    public bool? SkipHiddenRows { get; init; }
}

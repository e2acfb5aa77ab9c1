namespace BulkSms.Messages;

/// <summary>What the messages of a broadcast are made of beside their text: the same for all recipients.</summary>
public sealed record MessageExtras
{
    /// <summary>Media files of a message, as Twilio allows them.</summary>
    public const int MostMedia = 10;

    /// <summary>Nothing: a plain text.</summary>
    public static MessageExtras None { get; } = new();

    /// <summary>Addresses of media files: with one the message is an MMS.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>Twilio's id of a content template; null: there is none. With it a recipient's text is the JSON of the template's variables, and what is shown on the phone is not known here.</summary>
    public string? ContentSid { get; init; }

    /// <summary>Whether Twilio replaces links by short ones, which tell of clicks.</summary>
    public bool ShortenUrls { get; init; }

    /// <summary>Whether it is an MMS. That stays known when <see cref="MediaUrls"/> are erased.</summary>
    public bool IsMms
    {
        get => field || MediaUrls.Count > 0;
        init;
    }

    public bool IsNone => !IsMms && ContentSid is null && !ShortenUrls;

    /// <summary>Whether it is a text that is billed by the segments of it that are counted here. Else a message counts as one segment of the rate.</summary>
    public bool HasSegments => !IsMms && ContentSid is null;

    /// <summary>Whether what Twilio's list shows is the text that it was given.</summary>
    public bool IsTextKept => ContentSid is null && !ShortenUrls;

    /// <summary>The field of the request that makes the price unknown; null: none does.</summary>
    public string? UnpricedBy => ContentSid is not null ? ContentSidName : IsMms ? MediaUrlsName : ShortenUrls ? ShortenUrlsName : null;

    /// <summary>The field that makes the segments unknown; null: none does.</summary>
    public string? UncountedBy => HasSegments ? null : UnpricedBy;

    public const string MediaUrlsName = "mediaUrls";
    public const string ContentSidName = "contentSid";
    public const string ShortenUrlsName = "shortenUrls";
}

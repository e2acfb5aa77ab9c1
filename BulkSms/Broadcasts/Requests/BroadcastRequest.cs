using BulkSms.Lists;
using BulkSms.Recipients;
using BulkSms.Segments;

namespace BulkSms.Broadcasts.Requests;

/// <summary>A request that has been validated: this text to these recipients.</summary>
/// <param name="Terms">The text, and when.</param>
/// <param name="Recipients">At least one unique canonical number.</param>
/// <param name="Places">Where each of them was named.</param>
public sealed record BroadcastRequest(BroadcastTerms Terms, RecipientList Recipients, RecipientPlaces Places)
{
    public string Message => Terms.Message;

    /// <inheritdoc cref="BroadcastTerms.SendAt"/>
    public DateTimeOffset? SendAt => Terms.SendAt;

    /// <inheritdoc cref="BroadcastTerms.SendOver"/>
    public TimeSpan? SendOver => Terms.SendOver;

    /// <inheritdoc cref="BroadcastTerms.ExpiresAt"/>
    public DateTimeOffset? ExpiresAt => Terms.ExpiresAt;

    /// <inheritdoc cref="BroadcastTerms.Quiet"/>
    public QuietHours? Quiet => Terms.Quiet;

    /// <summary>Entries left out because of a fault; null: none would have been.</summary>
    public int? Invalid { get; init; }

    /// <summary>What was read in one of several ways; null: nothing was.</summary>
    public IReadOnlyList<ListWarning>? Warnings { get; init; }

    /// <summary>Entries that are no recipients: invalid ones and duplicates, in their order.</summary>
    public IReadOnlyCollection<SkippedEntry> Skipped { get; init; } = [];

    /// <inheritdoc cref="Requests.TextKey"/>
    public string TextKey => field ??= Requests.TextKey.Of(this);

    /// <summary>Of the text; of personal texts the most, and UCS-2 if one is.</summary>
    public MessageSegments Segments { get; } = Recipients.Texts?.Largest ?? (Terms.Extras.HasSegments ? MessageSegments.Of(Terms.Message) : MessageSegments.Uncounted);
}

using System.Text.Json.Serialization;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Lists;

namespace BulkSms.Api;

/// <summary>The answer 202.</summary>
/// <param name="BroadcastId">Its id.</param>
/// <param name="Status"><c>preparing</c>, <c>scheduled</c> or <c>awaitingApproval</c>: its status when it was accepted.</param>
/// <param name="RecipientsCount">Unique recipients.</param>
/// <param name="DuplicatesRemoved">Entries that named a number again.</param>
/// <param name="OptedOut">Numbers that had opted out; they are not recipients.</param>
/// <param name="Invalid">Entries left out because of a fault, with <c>onInvalid=skip</c>.</param>
/// <param name="KnownBad">Numbers left out because they could not get a text before, with <c>skipKnownBad</c>.</param>
/// <param name="Segments">What is billed.</param>
/// <param name="StatusUrl">Where to ask how it goes.</param>
/// <param name="Warnings">What was read in one of several ways; null: nothing was.</param>
/// <param name="Profile">The profile that sends it; missing: <c>default</c>.</param>
public sealed record AcceptedView(
    string BroadcastId,
    string Status,
    int RecipientsCount,
    int DuplicatesRemoved,
    int OptedOut,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Invalid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? KnownBad,
    SegmentsView Segments,
    string StatusUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ListWarning>? Warnings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Profile = null);

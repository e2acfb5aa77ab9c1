using BulkSms.Messages;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Everything that a request says but for its recipients.</summary>
/// <param name="Message">The finished text, or the template as it was written: well-formed, and for each recipient 1 to 1,600 UTF-16 code units; of a content template its variables. Empty where <see cref="Extras"/> make a message without a text.</param>
public sealed record BroadcastTerms(string Message)
{
    /// <summary>The profile that it is sent by.</summary>
    public string Profile { get; init; } = Profiles.Profile.DefaultName;

    /// <summary>Whether it goes before broadcasts that do not ask for that.</summary>
    public bool IsHigh { get; init; }

    /// <summary>How an error names <see cref="IsHigh"/>.</summary>
    public string PriorityPath { get; init; } = "";

    /// <summary>Not before; null, or a time just past: at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>How long the recipients are spread over, from when it is due; null: all are due at once.</summary>
    public TimeSpan? SendOver { get; init; }

    /// <summary>The first part that is sent alone; null: there is none.</summary>
    public Canary? Canary { get; init; }

    /// <summary>Not after; null: <see cref="BroadcastOptions.ExpireAfter"/> after it is due.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When recipients are not texted, by the recipient's clock; null: there is no such time.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>What the request says of that; null: nothing, and the profile decides.</summary>
    public QuietHours? AskedQuiet { get; init; }

    /// <summary>How the numbers are read.</summary>
    public NumberRules Numbers { get; init; } = NumberRules.E164;

    /// <summary>The message read as a template; null when it has no placeholder: then it is sent as it is.</summary>
    public MessageTemplate? Template { get; init; }

    /// <summary>What the messages are made of beside their text.</summary>
    public MessageExtras Extras { get; init; } = MessageExtras.None;

    /// <summary>The message as it was written.</summary>
    public string Written { get; init; } = Message;

    /// <summary>Whether the texts are smart encoded.</summary>
    public bool SmartEncoding { get; init; }

    /// <summary>What the request says of that; null: nothing.</summary>
    public bool? AskedSmartEncoding { get; init; }

    /// <summary>Longest text of a recipient, in UTF-16 code units.</summary>
    public int MaxMessageLength { get; init; }

    /// <summary>US dollars that it may cost by the estimate; null: it may cost anything.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Whether recipients with a fault are left out and counted; else the request is refused.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>Whether numbers that could not get a text before are left out.</summary>
    public bool SkipKnownBad { get; init; }

    /// <summary>Whether what looks like a mistake is sent as it is: other tools' placeholders in the text, and what programs write for a missing value.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>What becomes of a phone that is given again with another text.</summary>
    public OnDuplicate OnDuplicate { get; init; }

    /// <summary>Whether it is sent though the same text to the same list was accepted within a day.</summary>
    public bool ConfirmRepeat { get; init; }

    /// <summary>The number of the sender's own that a test goes to, E.164; null: the request names none.</summary>
    public string? TestTo { get; init; }

    /// <summary>Whether the only recipient is <see cref="TestTo"/>.</summary>
    public bool IsTest { get; init; }

    /// <summary>How an error names <see cref="Message"/>.</summary>
    public string MessagePath { get; init; } = "";

    /// <summary>How an error names <see cref="TestTo"/>.</summary>
    public string TestToPath { get; init; } = "";

    /// <summary>How an error names <see cref="SendAt"/>.</summary>
    public string SendAtPath { get; init; } = "";

    /// <summary>How an error names <see cref="SendOver"/>.</summary>
    public string SendOverPath { get; init; } = "";

    /// <summary>How an error names <see cref="Canary"/>.</summary>
    public string CanaryPath { get; init; } = "";

    /// <summary>How an error names <see cref="ExpiresAt"/>.</summary>
    public string ExpiresAtPath { get; init; } = "";

    /// <summary>A list that takes this request's recipients.</summary>
    public RecipientList NewList() => new(
        Numbers,
        Template is null ? null : new PersonalTexts(Template, MaxMessageLength, IsLiteral) { SmartEncoding = SmartEncoding, AreVariables = Extras.ContentSid is not null, AreUncounted = !Extras.HasSegments },
        OnDuplicate);
}

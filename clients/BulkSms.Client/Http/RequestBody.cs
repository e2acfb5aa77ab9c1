using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using BulkSms.Client.Models;
using Microsoft.Kiota.Abstractions.Serialization;

namespace BulkSms.Client.Http;

/// <summary>A broadcast as JSON, or as a form with a file. A form has each field that JSON has, and those of files.</summary>
internal static class RequestBody
{
    private const int MostInJson = 1000;
    private const double UsualFailures = 0.1; // as the app takes them where they are not given
    private const double UsualOptOuts = 0.02;

    /// <summary>As JSON; its recipients are missing when they go as a file.</summary>
    public static BroadcastRequest Json(NewBroadcast broadcast, string? testTo) => new PersonalRequest(FileOf(broadcast) is null ? broadcast.Recipients : [])
    {
        Message = broadcast.Message,
        MediaUrls = broadcast.MediaUrls.Count == 0 ? null : [.. broadcast.MediaUrls.Select(address => address.AbsoluteUri)],
        ContentSid = broadcast.ContentSid,
        ContentVariables = broadcast.ContentVariables is { } variables ? new() { AdditionalData = variables.ToDictionary(each => each.Key, each => (object)each.Value) } : null,
        ShortenUrls = OrNull(broadcast.ShortenUrls),
        Profile = broadcast.Profile,
        Priority = broadcast.HighPriority ? BroadcastRequest_priority.High : null,
        SendAt = broadcast.SendAt?.ToUniversalTime(),
        SendOver = Duration(broadcast.SendOver),
        Canary = broadcast.Canary,
        ExpiresAt = broadcast.ExpiresAt?.ToUniversalTime(),
        QuietHours = broadcast.QuietHours,
        DefaultRegion = broadcast.DefaultRegion,
        Strict = OrNull(broadcast.Strict),
        MaxCost = (double?)broadcast.MaxCost,
        OnInvalid = broadcast.SkipInvalid ? BroadcastRequest_onInvalid.Skip : null,
        OnDuplicate = broadcast.OnDuplicate,
        SkipKnownBad = OrNull(broadcast.SkipKnownBad),
        Literal = OrNull(broadcast.Literal),
        SmartEncoding = broadcast.SmartEncoding,
        ConfirmRepeat = OrNull(broadcast.ConfirmRepeat),
        TestTo = testTo,
    };

    /// <summary>As a form with a file; null: it goes as JSON.</summary>
    public static MultipartFormDataContent? Form(NewBroadcast broadcast, string? testTo)
    {
        if (FileOf(broadcast) is not { } file)
        {
            return null;
        }

        var form = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(broadcast, testTo))
        {
            if (value is not null)
            {
                form.Add(new StringContent(value), name);
            }
        }

        form.Add(new FileContent(file), "recipients", file.Name); // the last part: the app reads it as it comes
        return form;
    }

    private static IEnumerable<(string Name, string? Value)> Fields(NewBroadcast broadcast, string? testTo) =>
    [
        ("message", broadcast.Message),
        ("mediaUrls", broadcast.MediaUrls.Count == 0 ? null : string.Join('\n', broadcast.MediaUrls.Select(address => address.AbsoluteUri))),
        ("contentSid", broadcast.ContentSid),
        ("contentVariables", broadcast.ContentVariables is { } variables ? new JsonObject(variables.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value))).ToJsonString() : null),
        ("shortenUrls", IfSet(broadcast.ShortenUrls)),
        ("profile", broadcast.Profile),
        ("priority", broadcast.HighPriority ? "high" : null),
        ("sendAt", Time(broadcast.SendAt)),
        ("sendOver", Duration(broadcast.SendOver)),
        ("canary", Canary(broadcast.Canary)),
        ("expiresAt", Time(broadcast.ExpiresAt)),
        ("quietHours", broadcast.QuietHours is { } quiet ? $"{quiet.From}-{quiet.To} {quiet.TimeZone}".TrimEnd() : null),
        ("defaultRegion", broadcast.DefaultRegion),
        ("strict", IfSet(broadcast.Strict)),
        ("maxCost", broadcast.MaxCost?.ToString(CultureInfo.InvariantCulture)),
        ("onInvalid", broadcast.SkipInvalid ? "skip" : null),
        ("onDuplicate", broadcast.OnDuplicate?.ToString().ToLowerInvariant()),
        ("skipKnownBad", IfSet(broadcast.SkipKnownBad)),
        ("literal", IfSet(broadcast.Literal)),
        ("smartEncoding", broadcast.SmartEncoding is { } smart ? smart ? "true" : "false" : null),
        ("confirmRepeat", IfSet(broadcast.ConfirmRepeat)),
        ("testTo", testTo),
        ("numberColumn", broadcast.NumberColumn),
        ("sheet", broadcast.Sheet),
        ("hiddenRows", HiddenRows(broadcast.SkipHiddenRows)),
    ];

    private static string? Canary(Canary? canary) => canary is null ? null : string.Create(
        CultureInfo.InvariantCulture, $"{canary.Share} {canary.For} {canary.MaxFailures ?? UsualFailures} {canary.MaxOptOuts ?? UsualOptOuts}");

    private static string? Duration(TimeSpan? duration) => duration is { } given ? XmlConvert.ToString(given) : null;

    public static string? HiddenRows(bool? skip) => skip is { } skips ? skips ? "skip" : "include" : null;

    private static RecipientFile? FileOf(NewBroadcast broadcast) =>
        broadcast.File ?? (broadcast.Recipients.Count > MostInJson ? RecipientFile.FromRecipients(broadcast.Recipients) : null);

    private static string? Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static bool? OrNull(bool set) => set ? true : null;

    private static string? IfSet(bool set) => set ? "true" : null;

    /// <summary>With recipients that have names and values, which the generated type knows as numbers only.</summary>
    private sealed class PersonalRequest(IReadOnlyCollection<NewRecipient> recipients) : BroadcastRequest
    {
        public override void Serialize(ISerializationWriter writer)
        {
            base.Serialize(writer);
            writer.WriteCollectionOfObjectValues("recipients", recipients.Select(each => new Person(each)));
        }
    }

    private sealed class Person(NewRecipient recipient) : IParsable
    {
        public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>(StringComparer.Ordinal);

        public void Serialize(ISerializationWriter writer)
        {
            writer.WriteStringValue("to", recipient.To);
            writer.WriteStringValue("reference", recipient.Reference);
            writer.WriteObjectValue("data", recipient.Data is { } data ? new Values(data) : null);
        }
    }

    private sealed class Values(IReadOnlyDictionary<string, string> values) : IParsable
    {
        public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>(StringComparer.Ordinal);

        public void Serialize(ISerializationWriter writer)
        {
            foreach (var (name, value) in values)
            {
                writer.WriteStringValue(name, value);
            }
        }
    }
}

using System.Text.Json.Serialization;

namespace BulkSms.TwilioSimulator;

/// <summary>A message with what only the simulator knows.</summary>
internal sealed record AdminMessage(
    string Sid, string To, string? From, string Body, string? MessagingServiceSid, string? StatusCallback, int ValidityPeriod, bool? SmartEncoded,
    DateTimeOffset? SendAt, string Status, int? ErrorCode, int NumSegments, DateTimeOffset ArrivedAt, DateTimeOffset DateCreated,
    DateTimeOffset? DateSent, string RawForm,
    IReadOnlyList<string> MediaUrls, string? ContentSid, string? ContentVariables, bool ShortenUrls, string? Channel)
{
    public static AdminMessage Of(SimulatedMessage message) => new(
        message.Sid, message.To, message.From, message.Body, message.MessagingServiceSid, message.StatusCallback, message.ValidityPeriod, message.SmartEncoded,
        message.SendAt, message.Status, message.ErrorCode, message.NumSegments, message.ArrivedAt, message.DateCreated,
        message.DateSent, message.RawForm,
        message.MediaUrls, message.ContentSid, message.ContentVariables, message.ShortenUrls, message.Channel);
}

/// <summary>The counts that a chaos run is judged by.</summary>
internal sealed record Summary(
    int Calls, int Accepted, IReadOnlyDictionary<string, int> ByStatus, IReadOnlyDictionary<string, int> ByCode,
    int MaxAcceptedPerNumber, int MaxConcurrentCalls, long CallbacksDelivered, long CallbacksAbandoned)
{
    public static Summary Of(Simulation simulation)
    {
        var (messages, calls) = (simulation.Messages.All, simulation.Messages.Calls);
        return new Summary(
            calls.Count,
            messages.Count,
            messages.CountBy(message => message.Status).ToDictionary(),
            calls.CountBy(Outcome).ToDictionary(),
            simulation.Messages.MaxAcceptedPerNumber,
            simulation.Messages.MaxConcurrentCalls,
            simulation.Callbacks.Delivered,
            simulation.Callbacks.Abandoned);
    }

    /// <summary>Twilio's code where there is one, else the HTTP status, else that no reply was given.</summary>
    private static string Outcome(CreateCall call) => call switch
    {
        { Code: { } code } => $"{code}",
        { StatusCode: { } status } => $"HTTP {status}",
        _ => "no reply",
    };
}

/// <summary>A <see cref="RecipientBehaviour"/> and whether the number said STOP.</summary>
internal sealed record RecipientSettings
{
    public int? RejectCode { get; set; }

    public string FinalStatus { get; set; } = MessageStatuses.Delivered;

    public int? ErrorCode { get; set; }

    public bool OptedOut { get; set; }

    public string? Channel { get; set; }

    public bool Reads { get; set; }
}

/// <summary>A text from a phone, to be posted to a webhook.</summary>
internal sealed record InboundSettings(Uri Webhook, string From, string Body, string? OptOutType = null);

/// <summary>A short link that was followed, to be posted to a webhook.</summary>
internal sealed record ClickSettings(Uri Webhook, string Sid, string? Link = null);

/// <summary>What the webhook answered.</summary>
internal sealed record InboundOutcome(int? StatusCode);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IEnumerable<AdminMessage>))]
[JsonSerializable(typeof(Summary))]
[JsonSerializable(typeof(FaultSettings))]
[JsonSerializable(typeof(RecipientSettings))]
[JsonSerializable(typeof(InboundSettings))]
[JsonSerializable(typeof(ClickSettings))]
[JsonSerializable(typeof(InboundOutcome))]
internal sealed partial class AdminJson : JsonSerializerContext;

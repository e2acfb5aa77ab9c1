using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BulkSms.TwilioSimulator;

/// <summary>A message as the API shows it. Numbers are strings where Twilio's are.</summary>
internal sealed record MessageResource
{
    public required string Body { get; init; }

    public required string NumSegments { get; init; }

    public string Direction { get; init; } = "outbound-api";

    public required string? From { get; init; }

    public required string DateUpdated { get; init; }

    public required string? Price { get; init; }

    public required string? ErrorMessage { get; init; }

    public required string Uri { get; init; }

    public required string AccountSid { get; init; }

    public string NumMedia { get; init; } = "0";

    public required string To { get; init; }

    public required string DateCreated { get; init; }

    public required string Status { get; init; }

    public required string Sid { get; init; }

    public required string? DateSent { get; init; }

    public required string? MessagingServiceSid { get; init; }

    public required int? ErrorCode { get; init; }

    public string PriceUnit => "USD";

    public string ApiVersion => TwilioPaths.ApiVersion;

    public required IReadOnlyDictionary<string, string> SubresourceUris { get; init; }
}

/// <summary>One page of a list.</summary>
internal sealed record MessagePage
{
    public required string FirstPageUri { get; init; }

    public required int End { get; init; }

    public string? PreviousPageUri { get; init; }

    public required IReadOnlyList<MessageResource> Messages { get; init; }

    public required string Uri { get; init; }

    public required int PageSize { get; init; }

    public required int Start { get; init; }

    public required string? NextPageUri { get; init; }

    public required int Page { get; init; }
}

/// <summary>Twilio's error body.</summary>
internal sealed record ErrorResource(int Code, string Message, string MoreInfo, int Status);

[JsonSerializable(typeof(MessageResource))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(ErrorResource))]
internal sealed partial class ResourceContext : JsonSerializerContext;

/// <summary>As Twilio writes it, with "+" unescaped: a leaked number looks here as it would there.</summary>
internal static class TwilioJson
{
    public static ResourceContext Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Outbox;

/// <summary>Events that other systems are told of. Section <c>Events</c>.</summary>
public sealed class EventOptions
{
    public const string Section = "Events";

    /// <summary>
    /// Whether an endpoint may have an http address, and an address within a private network or on this machine. For development only: in production it would let a caller reach what only
    /// the app can reach. Default false.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>The key that endpoints' secrets are encrypted under: 32 bytes in Base64. A secret. Default none: it is read from the vault, or no endpoint can be made.</summary>
    [RegularExpression("^[A-Za-z0-9+/]{43}=$")]
    public string? SecretsKey { get; set; }

    /// <summary>Name of the vault's secret that holds this key, where <c>KeyVault:Uri</c> is set. Default <c>EventSecretsKey</c>.</summary>
    [Required, RegularExpression("^[0-9a-zA-Z-]{1,127}$")]
    public string SecretsKeySecret { get; set; } = "EventSecretsKey";

    /// <summary>
    /// An Azure Event Grid topic that is told of events, such as https://my-topic.westeurope-1.eventgrid.azure.net/api/events; it takes CloudEvents 1.0, and the app's identity has the role
    /// EventGrid Data Sender. Default none.
    /// </summary>
    public Uri? EventGridTopic { get; set; }

    /// <summary>The events that the topic is told of, separated by semicolons. Default empty: all.</summary>
    public string EventGridTypes { get; set; } = "";

    /// <summary>Endpoints that are set here and not by callers, by their names: a to z, 0 to 9 and -, a letter first. Default none.</summary>
    public IDictionary<string, EventEndpointOptions> Endpoints { get; } = new Dictionary<string, EventEndpointOptions>(StringComparer.Ordinal);

    /// <summary>How old what an instance knows of the endpoints may be, when it decides whether an event is wanted. Default 1 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KnownFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long recipients that have come to their end are gathered before an endpoint is told of them; 500 are told at once. Default 5 s; 0.1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan GatherFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an endpoint may take to answer. Default 15 s; 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Calls to one endpoint in flight, on each instance. Default 4; 1 to 64.</summary>
    [Range(1, 64)]
    public int CallsPerEndpoint { get; set; } = 4;

    /// <summary>How long a delivery that fails is repeated. Then it is given up with its reason. Default 3 days; 1 min to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Longest wait after the first failure of a delivery; it doubles with each. Default 10 s; 0.1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait between two tries of a delivery. Default 3 h; 1 s to 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromHours(3);

    /// <summary>
    /// How long a delivery may be overdue before the sweeper requeues it: its queue message is lost, or its process died. Longer than the Functions host hides what a dead instance had received.
    /// Default 12 min; 1 s to 24 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RequeueAfter { get; set; } = TimeSpan.FromMinutes(12);

    /// <summary>How long the old secret of an endpoint still signs, beside the new one, after a rotation. Default 24 h; 0 to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan OldSecretFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Days after which a delivery is erased, delivered or not. Default 14; 8 to 90.</summary>
    [Range(8, 90)]
    public int KeepDays { get; set; } = 14;
}

/// <summary>An event endpoint of the settings.</summary>
public sealed class EventEndpointOptions
{
    /// <summary>Where it is: an https address of the public Internet, such as https://example.com/hooks.</summary>
    public string Url { get; set; } = "";

    /// <summary>The events that it is told of, separated by semicolons. Default empty: all.</summary>
    public string Types { get; set; } = "";

    /// <summary>
    /// What its deliveries are signed with: <c>whsec_</c> and 24 to 64 bytes in Base64 (Standard Webhooks). Two, with a semicolon between and the new one first, while it is replaced. A secret: on Azure
    /// a Key Vault reference.
    /// </summary>
    public string Secret { get; set; } = "";
}

[OptionsValidator]
public sealed partial class EventOptionsValidator : IValidateOptions<EventOptions>;

/// <summary>The topic is told of numbers: they must not be readable on the way. And a type that is mistyped would never be told.</summary>
public sealed class EventGridValidator : IValidateOptions<EventOptions>
{
    public ValidateOptionsResult Validate(string? name, EventOptions options) =>
        options.EventGridTopic is { } topic && !(topic.IsAbsoluteUri && topic.Scheme == Uri.UriSchemeHttps) ? ValidateOptionsResult.Fail("Events:EventGridTopic must be an https address.")
        : EventEndpoint.TypesOf(options.EventGridTypes).FirstOrDefault(type => !EventTypes.All.Contains(type, StringComparer.Ordinal)) is { } wrong
            ? ValidateOptionsResult.Fail($"Events:EventGridTypes has {wrong}, which is not the type of an event. There are {string.Join(", ", EventTypes.All)}.")
            : ValidateOptionsResult.Success;
}

using System.Buffers;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Outbox;

/// <summary>An address of the customer's that is told of events.</summary>
public sealed record EventEndpoint
{
    /// <summary>The name of the endpoint that stands for the configured Event Grid topic. It has no row.</summary>
    public const string EventGrid = "event-grid";

    /// <summary>What its row's key begins with.</summary>
    private const string Prefix = "endpoint-";

    private const char Between = ' ';

    /// <summary>Whether its row is of an endpoint of the settings, and of no other that it hides.</summary>
    private const string Configured = "configured";

    /// <summary>Characters of the longest name.</summary>
    public const int LongestName = 30;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>What the customer calls it.</summary>
    public required string Name { get; init; }

    public required Uri Url { get; init; }

    /// <summary>The event types that it wants, of <see cref="EventTypes.All"/>.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The secret that signs, encrypted.</summary>
    public required string Secret { get; init; }

    /// <summary>The secret before, encrypted; null: there is none.</summary>
    public string? OldSecret { get; init; }

    /// <summary>Until when the old secret signs as well.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>Since when it is switched off; null: it is not.</summary>
    public DateTimeOffset? OffSince { get; init; }

    /// <summary>Why it is switched off.</summary>
    public string? OffReason { get; init; }

    public ETag ETag { get; init; }

    /// <summary>Whether the settings say what it is. Then its row, if it has one, only says since when it is switched off.</summary>
    public bool IsConfigured { get; init; }

    public bool IsEventGrid => Name == EventGrid;

    public bool IsOff => OffSince is not null;

    /// <summary>Whether it is to be told of events of a type.</summary>
    public bool Wants(string type) => !IsOff && Types.Contains(type, StringComparer.Ordinal);

    /// <summary>The topic of the settings as an endpoint; null: there is none.</summary>
    public static EventEndpoint? TopicOf(EventOptions options) => options.EventGridTopic is not { } topic ? null : new()
    {
        Name = EventGrid,
        Url = topic,
        Types = TypesOrAll(options.EventGridTypes),
        CreatedAt = DateTimeOffset.UnixEpoch,
        Secret = "",
        IsConfigured = true,
    };

    /// <summary>The endpoints of the settings, the topic first.</summary>
    public static IEnumerable<EventEndpoint> ConfiguredBy(EventOptions options) =>
        options.Endpoints.Select(each => new EventEndpoint
        {
            Name = each.Key,
            Url = new(each.Value.Url),
            Types = TypesOrAll(each.Value.Types),
            CreatedAt = DateTimeOffset.UnixEpoch,
            Secret = "",
            IsConfigured = true,
        }).Prepend(TopicOf(options)).OfType<EventEndpoint>();

    /// <summary>An endpoint of the settings, with what its row says of it.</summary>
    /// <param name="row">Its row; null: it has none.</param>
    public EventEndpoint With(EventEndpoint? row) => row is null ? this : this with
    {
        ETag = row.ETag,
        Secret = row.Secret,
        OldSecret = row.OldSecret,
        CreatedAt = row.CreatedAt,
        OffSince = row.Url == Url ? row.OffSince : null, // another address has not refused anything yet
        OffReason = row.Url == Url ? row.OffReason : null,
    };

    private static IReadOnlyList<string> TypesOrAll(string text) => TypesOf(text) is { Length: > 0 } some ? some : EventTypes.All;

    /// <summary>Event types of a setting.</summary>
    internal static string[] TypesOf(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a row of the partition is an endpoint's.</summary>
    public static bool IsRow(TableEntity row) => row.RowKey.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a text from outside may be a name; only such a text may become part of a table key.</summary>
    public static bool IsName(string? text) => text?.Length is > 0 and <= LongestName && !text.AsSpan().ContainsAnyExcept(NameCharacters) && char.IsAsciiLetterLower(text[0]);

    internal static string KeyOf(string name) => Prefix + name;

    /// <summary>The rows of all endpoints.</summary>
    internal static string All { get; } = TableClient.CreateQueryFilter($"PartitionKey eq {PartitionNames.Controls} and RowKey gt {Prefix} and RowKey lt {"endpoint."}");

    internal TableEntity Write() => new(PartitionNames.Controls, KeyOf(Name))
    {
        ["url"] = Url.ToString(),
        ["types"] = string.Join(Between, Types),
        ["createdAt"] = CreatedAt,
        ["secret"] = Secret,
        ["oldSecret"] = OldSecret,
        ["oldSecretUntil"] = OldSecretUntil,
        ["offSince"] = OffSince,
        ["offReason"] = OffReason,
        [Configured] = IsConfigured && Secret.Length == 0,
    };

    internal static EventEndpoint Read(TableEntity row) => new()
    {
        Name = row.RowKey[Prefix.Length..],
        Url = new(row.GetString("url") ?? "about:blank"),
        Types = (row.GetString("types") ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries),
        CreatedAt = row.GetDateTimeOffset("createdAt") ?? default,
        Secret = row.GetString("secret") ?? "",
        OldSecret = row.GetString("oldSecret"),
        OldSecretUntil = row.GetTime("oldSecretUntil"),
        OffSince = row.GetTime("offSince"),
        OffReason = row.GetString("offReason"),
        IsConfigured = row.GetBoolean(Configured) ?? false,
        ETag = row.ETag,
    };
}

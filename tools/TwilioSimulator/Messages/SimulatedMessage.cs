using System.Text;
using System.Text.RegularExpressions;

namespace BulkSms.TwilioSimulator;

/// <summary>A message that the simulator accepted. Thread-safe: what changes is read as of now.</summary>
public sealed partial class SimulatedMessage
{
    /// <summary>The domain of short links.</summary>
    public const string ShortDomain = "short.example";

    private readonly byte[] _rawForm;
    private MessageState _state;
    private int _missed; // 0: not drawn yet, 1: yes, 2: no

    internal SimulatedMessage(CreateForm form, byte[] rawForm, DateTimeOffset arrivedAt, MessageState state)
    {
        _rawForm = rawForm;
        _state = state;
        (To, Body, MessagingServiceSid, StatusCallback) = (form.To, form.Body, form.MessagingServiceSid, form.StatusCallback);
        (MediaUrls, ContentSid, ContentVariables, ShortenUrls, SmartEncoded) = (form.MediaUrls, form.ContentSid, form.ContentVariables, form.ShortenUrls, form.SmartEncoded);
        (ValidityPeriod, SendAt, ArrivedAt, DateCreated) = (form.ValidityPeriod, form.SendAt, arrivedAt, state.DateUpdated);
    }

    /// <summary>"SM" and 32 hexadecimal digits.</summary>
    public string Sid { get; } = $"SM{Guid.NewGuid():n}";

    /// <summary>The account that sent it.</summary>
    public required string AccountSid { get; init; }

    /// <summary>The recipient, as given.</summary>
    public string To { get; }

    /// <summary>The text, as given.</summary>
    public string Body { get; }

    /// <summary>Addresses of its media, as given.</summary>
    public IReadOnlyList<string> MediaUrls { get; }

    /// <summary>Its content template, or null.</summary>
    public string? ContentSid { get; }

    /// <summary>The template's variables as given, a JSON object, or null.</summary>
    public string? ContentVariables { get; }

    /// <summary>Whether links are replaced by short ones.</summary>
    public bool ShortenUrls { get; }

    /// <summary>The channel that was chosen for it: see <see cref="RecipientBehaviour.Channel"/>.</summary>
    public string? Channel { get; init; }

    /// <summary>The recipient as lists and callbacks name it: with the channel.</summary>
    public string Address => Channel is null ? To : $"{Channel}:{To}";

    /// <summary>The text as lists show it: what the phone gets.</summary>
    public string ShownBody => ContentSid is not null ? $"({ContentSid} {ContentVariables})"
        : ShortenUrls ? Link().Replace(Body, $"https://{ShortDomain}/{Sid[^10..]}") : Body;

    /// <summary>The Messaging Service, or null when a number was given as the sender.</summary>
    public string? MessagingServiceSid { get; }

    /// <summary>The callback address as given, fragment included.</summary>
    public string? StatusCallback { get; }

    /// <summary>Seconds that it may wait in the queue. Default 36,000.</summary>
    public int ValidityPeriod { get; }

    /// <summary>Whether Twilio may replace characters of the text; null: as the Messaging Service says.</summary>
    public bool? SmartEncoded { get; }

    /// <summary>When it is to be sent, or null for now.</summary>
    public DateTimeOffset? SendAt { get; }

    /// <summary>When its HTTP request arrived.</summary>
    public DateTimeOffset ArrivedAt { get; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset DateCreated { get; }

    /// <summary>The request's body as it was received.</summary>
    public string RawForm => Encoding.UTF8.GetString(_rawForm);

    /// <summary>One of <see cref="MessageStatuses"/>.</summary>
    public string Status => State.Status;

    /// <summary>The sender; null until a Messaging Service has chosen one.</summary>
    public string? From => State.From;

    /// <summary>Why it was not delivered.</summary>
    public int? ErrorCode => State.ErrorCode;

    /// <summary><see cref="ErrorCode"/> in words.</summary>
    public string? ErrorMessage => State.ErrorMessage;

    /// <summary>Segments; 0 until a Messaging Service has chosen a sender.</summary>
    public int NumSegments => State.NumSegments;

    /// <summary>US dollars, negative, as Twilio writes it; null until sent.</summary>
    public string? Price => State.Price;

    /// <summary>When the status changed last.</summary>
    public DateTimeOffset DateUpdated => State.DateUpdated;

    /// <summary>When it left Twilio; null until then.</summary>
    public DateTimeOffset? DateSent => State.DateSent;

    /// <summary>Its place in the account's history; lists are ordered by it.</summary>
    internal int Sequence { get; set; }

    internal MessageState State => Volatile.Read(ref _state);

    /// <summary>Whether the replica that lists come from lacks it, drawn once.</summary>
    internal bool IsMissed(Func<bool> draw)
    {
        if (Volatile.Read(ref _missed) == 0)
        {
            Interlocked.CompareExchange(ref _missed, draw() ? 1 : 2, 0);
        }

        return Volatile.Read(ref _missed) == 1;
    }

    [GeneratedRegex(@"https?://[^\s]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();

    internal bool TryChange(MessageState from, MessageState to) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _state, to, from), from);
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace BulkSms.TwilioSimulator;

/// <summary>The codes that Twilio refuses a create call with, in the order in which it looks.</summary>
internal sealed partial class CreateRules(TwilioSimulatorOptions options, Recipients recipients, OptOutList optOuts)
{
    private const int LongestBody = 1_600;
    private const int MostMedia = 10;
    private static readonly TimeSpan SoonestSendAt = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LatestSendAt = TimeSpan.FromDays(35);

    /// <summary>The error code, or null if the message is to be accepted.</summary>
    public int? Refuse(CreateForm form, string account) => RefuseForm(form) ?? RefuseSender(form, account) ?? RefuseSchedule(form) ?? RefuseRecipient(form.To);

    /// <summary>The channel that a Messaging Service chooses; null: SMS or MMS.</summary>
    public string? ChannelOf(CreateForm form) => form.MessagingServiceSid is null ? null : recipients[form.To].Channel;

    private static int? RefuseForm(CreateForm form) => form switch
    {
        { To: "" } => 21604,
        { ContentSid: { } content } when !ContentSid().IsMatch(content) => 21655,
        { ContentVariables: { } variables } when !IsObject(variables) => 21656,
        { Body: "", ContentSid: null, MediaUrls.Count: 0 } => 21602,
        { MediaUrls.Count: > MostMedia } => 21623,
        { MediaUrls: { } media } when media.Any(address => !IsWebAddress(address)) => 21620,
        { Body.Length: > LongestBody } => 21617,
        { ValidityPeriod: < 1 or > CreateForm.LongestValidity } => 21624,
        { StatusCallback: { } url } when !IsWebAddress(url) => 21609,
        _ => null,
    };

    private int? RefuseSender(CreateForm form, string account) => form switch
    {
        { MessagingServiceSid: { } service } => options.KnowsService(service, account) ? null : 21701,
        { From: null } => 21603,
        { From: "+15005550007" } => 21606,
        { From: { } from } when !PhoneNumber().IsMatch(from) => 21212,
        _ => null,
    };

    private int? RefuseSchedule(CreateForm form) => form switch
    {
        { IsScheduled: false } => null,
        { ScheduleType: not "fixed" } => 35126,
        { MessagingServiceSid: null } => 35118,
        { SendAt: null } => 35111,
        { SendAt: { } at } => IsInWindow(at - options.Time.GetUtcNow()) ? null : 35114,
    };

    private int? RefuseRecipient(string to) => to switch
    {
        "+15005550001" => 21211,
        "+15005550002" => 21612,
        "+15005550003" => 21408,
        "+15005550004" => 21610,
        "+15005550009" => 21614,
        _ when !PhoneNumber().IsMatch(to) => 21211,
        _ when optOuts.Contains(to) => 21610,
        _ => recipients[to].RejectCode,
    };

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.EnumerateObject().All(each => each.Value.ValueKind is JsonValueKind.String);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsInWindow(TimeSpan ahead) => ahead >= SoonestSendAt && ahead <= LatestSendAt;

    private static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    [GeneratedRegex("^HX[0-9a-fA-F]{32}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ContentSid();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PhoneNumber();
}

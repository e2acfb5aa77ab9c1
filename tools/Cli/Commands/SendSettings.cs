using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console.Cli;
using ValidationResult = Spectre.Console.ValidationResult;

namespace BulkSms.Cli.Commands;

internal sealed partial class SendSettings : FileSettings
{
    [CommandOption("-m|--message <TEXT>")]
    [Description("The text, or a template with placeholders such as {{name}}")]
    public string? Message { get; init; }

    [CommandOption("--message-file <FILE>")]
    [Description("The text as a file in UTF-8; a line break at its end does not count")]
    public string? MessageFile { get; init; }

    [CommandOption("--content-sid <SID>")]
    [Description("A content template of Twilio in place of a text, such as HXb5b62575e6e4ff6129ad7c8efe1f983e: its text, segments and price are not known")]
    public string? ContentSid { get; init; }

    [CommandOption("--content-variable <NAME=VALUE>")]
    [Description("A variable of the template, a value or placeholders, such as 1={{name}}; may be given several times")]
    public string[] ContentVariable { get; init; } = [];

    [CommandOption("--media <URL>")]
    [Description("The address of a media file, by https: the message is an MMS; may be given ten times")]
    public string[] Media { get; init; } = [];

    [CommandOption("--shorten-urls")]
    [Description("Lets Twilio shorten links, and tell who follows one")]
    public bool ShortenUrls { get; init; }

    [CommandOption("--preview")]
    [Description("Shows what it would be, and sends nothing")]
    public bool Preview { get; init; }

    [CommandOption("--test <NUMBER>")]
    [Description("Sends the text of one recipient to a number of your own, and nothing else; may be given several times")]
    public string[] Test { get; init; } = [];

    [CommandOption("--row <NUMBER>")]
    [Description("The line of the file whose text --preview and --test show")]
    public int? Row { get; init; }

    [CommandOption("-y|--yes")]
    [Description("Does not ask. Without a terminal nothing is sent unless this is given")]
    public bool Yes { get; init; }

    [CommandOption("--no-wait")]
    [Description("Ends when the broadcast is accepted")]
    public bool NoWait { get; init; }

    [CommandOption("--key <KEY>")]
    [Description("The Idempotency-Key: under the same one nothing is sent twice")]
    public string? Key { get; init; }

    [CommandOption("--profile <NAME>")]
    [Description("The profile that sends it; without it: default")]
    public string? Profile { get; init; }

    [CommandOption("--at <TIME>")]
    [Description("When it is due, with its offset: 2030-01-07T09:00:00+01:00")]
    public string? At { get; init; }

    [CommandOption("--high-priority")]
    [Description("Sends it before broadcasts that do not ask for that")]
    public bool HighPriority { get; init; }

    [CommandOption("--over <DURATION>")]
    [Description("Spreads the recipients evenly over this time: PT3H, P1DT12H")]
    public string? Over { get; init; }

    [CommandOption("--canary <SHARE AND TIME>")]
    [Description("Sends to a first part, waits, and goes on by itself or pauses: \"0.01 PT10M\"")]
    public string? Canary { get; init; }

    [CommandOption("--expires <TIME>")]
    [Description("What has not been sent by then expires")]
    public string? Expires { get; init; }

    [CommandOption("--quiet-hours <HOURS>")]
    [Description("When no recipient is texted: \"21:00-08:00 Europe/Berlin\"")]
    public string? QuietHours { get; init; }

    [CommandOption("--max-cost <USD>")]
    [Description("Refuses to send when the estimate is higher, or not known")]
    public decimal? MaxCost { get; init; }

    [CommandOption("--skip-invalid")]
    [Description("Leaves out entries with an error; else one error refuses all")]
    public bool SkipInvalid { get; init; }

    [CommandOption("--skip-known-bad")]
    [Description("Leaves out numbers that could not get a text before")]
    public bool SkipKnownBad { get; init; }

    [CommandOption("--on-duplicate <WHAT>")]
    [Description("A phone that is given again with another text: first, each or reject")]
    public string? OnDuplicate { get; init; }

    [CommandOption("--strict")]
    [Description("A number must be valid, not merely possible")]
    public bool Strict { get; init; }

    [CommandOption("--literal")]
    [Description("Sends what looks like a mistake as it is")]
    public bool Literal { get; init; }

    [CommandOption("--smart-encoding")]
    [Description("Replaces curly quotes, dashes and the like, which make texts dearer")]
    public bool SmartEncoding { get; init; }

    public override ValidationResult Validate()
    {
        var wrong =
            Message is not null && MessageFile is not null ? "Give the text by --message or by --message-file."
            : ContentSid is not null && (Message is not null || MessageFile is not null || Media.Length > 0) ? "A content template has its own text and media: leave out --message, --message-file and --media."
            : ContentSid is not null && !ContentSidPattern().IsMatch(ContentSid) ? "--content-sid is HX and 32 hexadecimal digits, such as HXb5b62575e6e4ff6129ad7c8efe1f983e."
            : ContentSid is null && ContentVariable.Length > 0 ? "--content-variable needs --content-sid, the template that it is for."
            : ContentVariable.Any(variable => variable.IndexOf('=', StringComparison.Ordinal) < 1) ? "--content-variable is a name and a value, such as 1={{name}}."
            : ContentVariable.Select(NameOf).Distinct(StringComparer.Ordinal).Count() < ContentVariable.Length ? "--content-variable gives a variable twice: give each once."
            : Message is null && MessageFile is null && ContentSid is null && Media.Length == 0 ? "Give the text by --message or by --message-file, or a content template by --content-sid."
            : Media.Any(address => !Uri.TryCreate(address, UriKind.Absolute, out _)) ? "--media is an address, such as https://example.com/map.png."
            : Preview && Test.Length > 0 ? "--preview sends nothing, and --test sends a text: give one of the two."
            : File == CommandLine.StandardStream && !Yes && !Preview && Test.Length == 0 ? "With the list on standard input no question can be asked: give --yes or --preview."
            : At is not null && Time(At) is null ? "--at is a time with its offset, such as 2030-01-07T09:00:00+01:00."
            : Over is not null && Duration(Over) is null ? "--over is a duration in days, hours, minutes and seconds, such as PT3H."
            : Canary is not null && First(Canary) is null ? "--canary is a share and a duration, such as \"0.01 PT10M\", and if you like the largest shares of failures and of opt-outs, such as \"0.01 PT10M 0.1 0.02\"."
            : Expires is not null && Time(Expires) is null ? "--expires is a time with its offset, such as 2030-01-07T09:00:00+01:00."
            : QuietHours is not null && Hours(QuietHours) is null ? "--quiet-hours is written as \"21:00-08:00 Europe/Berlin\"."
            : OnDuplicate is not null and not ("first" or "each" or "reject") ? "--on-duplicate is first, each or reject."
            : null;
        return wrong is null ? base.Validate() : ValidationResult.Error(wrong);
    }

    public async Task<NewBroadcast> ToBroadcastAsync(RecipientFile file, CancellationToken cancellation) => new()
    {
        Message = MessageFile is null ? Message : (await System.IO.File.ReadAllTextAsync(MessageFile, cancellation)).ReplaceLineEndings("\n").TrimEnd('\n'),
        ContentSid = ContentSid,
        ContentVariables = ContentVariable.Length == 0 ? null : ContentVariable.ToDictionary(NameOf, variable => variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal),
        MediaUrls = [.. Media.Select(address => new Uri(address))],
        ShortenUrls = ShortenUrls,
        File = file,
        Profile = Profile,
        SendAt = Time(At),
        HighPriority = HighPriority,
        SendOver = Duration(Over),
        Canary = First(Canary),
        ExpiresAt = Time(Expires),
        QuietHours = Hours(QuietHours),
        DefaultRegion = Region,
        MaxCost = MaxCost,
        SkipInvalid = SkipInvalid,
        SkipKnownBad = SkipKnownBad,
        OnDuplicate = OnDuplicate switch { "first" => BroadcastRequest_onDuplicate.First, "each" => BroadcastRequest_onDuplicate.Each, "reject" => BroadcastRequest_onDuplicate.Reject, _ => null },
        Strict = Strict,
        Literal = Literal,
        SmartEncoding = SmartEncoding ? true : null,
        NumberColumn = NumberColumn,
        Sheet = Sheet,
        SkipHiddenRows = SkipHiddenRows,
    };

    private static string NameOf(string variable) => variable.Split('=')[0];

    [GeneratedRegex("^HX[0-9a-fA-F]{32}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContentSidPattern();

    // A time without its offset would be read in the time zone of whatever machine this is.
    internal static DateTimeOffset? Time(string? text) =>
        text is not null && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal)) && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    // What its numbers may be is the app's to say.
    private static Canary? First(string? text)
    {
        var parts = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = parts.Where((_, i) => i != 1).Select(part => double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : (double?)null).ToArray();
        return parts.Length is 2 or 4 && numbers.All(number => number is not null) && Duration(parts[1]) is not null
            ? new() { Share = numbers[0], For = parts[1], MaxFailures = numbers.ElementAtOrDefault(1), MaxOptOuts = numbers.ElementAtOrDefault(2) }
            : null;
    }

    // How long it may be is the app's to say. Years and months have no length of their own.
    private static TimeSpan? Duration(string? text)
    {
        try
        {
            return text is null || text.Split('T')[0].AsSpan().ContainsAny('Y', 'M') ? null : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static QuietHours? Hours(string? text) =>
        text?.Split(' ', 2, StringSplitOptions.TrimEntries) is [var hours, .. var zone] && hours.Split('-', StringSplitOptions.TrimEntries) is [{ Length: 5 } from, { Length: 5 } to]
            ? new() { From = from, To = to, TimeZone = zone.FirstOrDefault() }
            : null;
}

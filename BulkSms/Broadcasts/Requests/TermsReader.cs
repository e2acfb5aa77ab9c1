using BulkSms.Http;
using BulkSms.Messages;
using BulkSms.Profiles;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Fields → <see cref="BroadcastTerms"/>, or every fault at once. The same for every content type.</summary>
internal sealed class TermsReader(BroadcastOptions limits, TimeProvider time)
{
    public const string Message = "message";
    private const string ProfileName = "profile";
    private const string DefaultRegion = "defaultRegion";
    private const string Strict = "strict";
    private const string MaxCost = "maxCost";
    private const string OnInvalid = "onInvalid";
    private const string OnDuplicateName = "onDuplicate";
    private const string SkipKnownBad = "skipKnownBad";
    private const string Literal = "literal";
    private const string SmartEncoding = "smartEncoding";
    private const string ConfirmRepeat = "confirmRepeat";
    private const string TestTo = "testTo";
    private const string Priority = "priority";

    /// <summary>Characters of a template, its placeholders included.</summary>
    private const int MaxTemplateLength = 10_000;

    private static readonly string[] Known =
    [
        Message, ProfileName, ScheduleReader.SendAt, ScheduleReader.SendOver, ScheduleReader.ExpiresAt, CanaryReader.Name, QuietHoursReader.Name, DefaultRegion, Strict, MaxCost, OnInvalid, OnDuplicateName, SkipKnownBad, Literal, SmartEncoding, ConfirmRepeat, TestTo, Priority, .. ExtrasReader.Names,
    ];

    /// <summary>Reads the terms.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="other">Names of fields that another reader takes.</param>
    /// <param name="profiles">The profiles that the caller may use.</param>
    /// <param name="errors">Takes the faults; the terms count only when there is none.</param>
    public BroadcastTerms Read(IRequestFields fields, IReadOnlyCollection<string> other, ProfileChoice profiles, FieldErrors errors)
    {
        foreach (var name in fields.Names.Where(name => !Known.Contains(name, StringComparer.Ordinal) && !other.Contains(name, StringComparer.Ordinal)))
        {
            errors.Add(fields.PathOf(name), "is not a known field");
        }

        var isLiteral = ReadFlag(fields, Literal, errors);
        var profile = ReadProfile(fields, profiles, errors);
        var asked = fields.TryFind(SmartEncoding, out _) ? ReadFlag(fields, SmartEncoding, errors) : (bool?)null;
        var extras = ExtrasReader.Read(fields, errors);
        var isContent = fields.TryFind(MessageExtras.ContentSidName, out _);
        var smart = !isContent && (asked ?? profile?.Settings.SmartEncoding ?? limits.SmartEncoding);
        var (message, template) = isContent ? ReadVariables(fields, isLiteral, errors) : ReadMessage(fields, isLiteral, smart, errors);
        var (sendAt, sendOver, expiresAt) = ScheduleReader.Read(fields, time.GetUtcNow(), errors);
        var (numbers, quiet) = (ReadNumberRules(fields, errors), QuietHoursReader.Read(fields, errors));
        return new(template is null && !isContent ? FinishedText.Of(message ?? "", smart) : message ?? "")
        {
            Written = message ?? "",
            Extras = extras,
            Profile = profile?.Name ?? Profile.DefaultName,
            SmartEncoding = smart,
            AskedSmartEncoding = asked,
            IsHigh = ReadChoice(fields, Priority, [("normal", false), ("high", true)], errors),
            PriorityPath = fields.PathOf(Priority),
            SendAt = sendAt,
            SendOver = sendOver,
            Canary = CanaryReader.Read(fields, errors),
            ExpiresAt = expiresAt,
            Quiet = fields.TryFind(QuietHoursReader.Name, out _) ? quiet : QuietHours.Parse(profile?.Settings.QuietHours),
            AskedQuiet = quiet,
            Numbers = numbers,
            Template = template,
            MaxMessageLength = limits.MaxMessageLength,
            MaxCost = ReadAmount(fields, MaxCost, errors),
            SkipInvalid = ReadChoice(fields, OnInvalid, [("reject", false), ("skip", true)], errors),
            OnDuplicate = ReadChoice(fields, OnDuplicateName, [("first", OnDuplicate.First), ("each", OnDuplicate.Each), ("reject", OnDuplicate.Reject)], errors),
            SkipKnownBad = ReadFlag(fields, SkipKnownBad, errors),
            IsLiteral = isLiteral,
            ConfirmRepeat = ReadFlag(fields, ConfirmRepeat, errors),
            TestTo = ReadNumber(fields, TestTo, numbers, errors),
            MessagePath = fields.PathOf(isContent ? MessageExtras.ContentSidName : Message),
            TestToPath = fields.PathOf(TestTo),
            SendOverPath = fields.PathOf(ScheduleReader.SendOver),
            CanaryPath = fields.PathOf(CanaryReader.Name),
            SendAtPath = fields.PathOf(ScheduleReader.SendAt),
            ExpiresAtPath = fields.PathOf(ScheduleReader.ExpiresAt),
        };
    }

    private (string Text, MessageTemplate? Template) ReadVariables(IRequestFields fields, bool isLiteral, FieldErrors errors)
    {
        if (fields.TryFind(Message, out _))
        {
            errors.Add(fields.PathOf(Message), $"must not be given with {MessageExtras.ContentSidName}: the text is that of the content template");
        }

        return new VariablesReader(isLiteral, limits).Read(fields, errors);
    }

    private (string Text, MessageTemplate? Template) ReadMessage(IRequestFields fields, bool isLiteral, bool smart, FieldErrors errors)
    {
        var path = fields.PathOf(Message);
        if (!fields.TryFind(Message, out var field))
        {
            if (!fields.TryFind(MessageExtras.MediaUrlsName, out _)) // media may go without a text
            {
                errors.Add(path, "is required");
            }

            return default;
        }

        if (!field.TryGetText(out var text))
        {
            errors.Add(path, "must be a string of valid Unicode");
            return default;
        }

        var template = MessageTemplate.Parse(text, out var fault, isLiteral);
        var isTemplate = template is null || template.Names.Count > 0;
        foreach (var broken in MessageRules.FaultsOf(isTemplate ? text : FinishedText.Of(text, smart), isTemplate ? MaxTemplateLength : limits.MaxMessageLength))
        {
            errors.Add(path, broken);
        }

        if ((fault ?? (isLiteral ? null : OtherBracesOf(template!, smart)) ?? (isTemplate ? TooLong(template!) : null)) is { } wrong)
        {
            errors.Add(path, wrong);
        }

        return (text, isTemplate ? template : null);
    }

    // As they are sent: smart encoding replaces braces of full width.
    private static string? OtherBracesOf(MessageTemplate template, bool smart) =>
        template.Literals.Select(literal => OtherBraces.FindIn(FinishedText.Of(literal, smart))).FirstOrDefault(found => found is not null) is { } other
        ? $"has {other}, which is no placeholder here: write {{{{name}}}}, or set {Literal} to true to send it as it is"
        : null;

    // Whether the texts made from it are too long or blank is known recipient by recipient; but if what they share is too long, all are.
    private string? TooLong(MessageTemplate template) => template.LiteralLength > limits.MaxMessageLength
        ? $"must be at most {limits.MaxMessageLength} characters; without its placeholders it has {template.LiteralLength}"
        : null;

    private static Profile? ReadProfile(IRequestFields fields, ProfileChoice profiles, FieldErrors errors)
    {
        string? asked = null;
        if (fields.TryFind(ProfileName, out var field) && !field.TryGetText(out asked))
        {
            errors.Add(fields.PathOf(ProfileName), "must be the name of a profile");
            return null;
        }

        var profile = profiles.Find(asked, out var error);
        if (profile is null)
        {
            errors.Add(fields.PathOf(ProfileName), error);
        }

        return profile;
    }

    private static NumberRules ReadNumberRules(IRequestFields fields, FieldErrors errors)
    {
        string? region = null;
        if (fields.TryFind(DefaultRegion, out var field) && (region = field.TryGetText(out var text) ? NumberRules.RegionOf(text) : null) is null)
        {
            errors.Add(fields.PathOf(DefaultRegion), NumberRules.NoSuchRegion);
            return NumberRules.E164;
        }

        return new(region, ReadFlag(fields, Strict, errors));
    }

    private static string? ReadNumber(IRequestFields fields, string name, NumberRules rules, FieldErrors errors)
    {
        if (!fields.TryFind(name, out var field))
        {
            return null;
        }

        var fault = NumberErrors.NoNumber;
        if (field.TryGetText(out var text) && PhoneNumber.TryParse(text, rules, out var number, out fault))
        {
            return number.Value;
        }

        errors.Add(fields.PathOf(name), NumberErrors.Of(text, fault));
        return null;
    }

    private static decimal? ReadAmount(IRequestFields fields, string name, FieldErrors errors)
    {
        if (!fields.TryFind(name, out var field))
        {
            return null;
        }

        if (!field.TryGetAmount(out var amount))
        {
            errors.Add(fields.PathOf(name), "must be an amount in US dollars, such as 12.50");
        }

        return amount;
    }

    // The first choice is the default.
    private static T ReadChoice<T>(IRequestFields fields, string name, IReadOnlyList<(string Word, T Meaning)> choices, FieldErrors errors)
    {
        if (!fields.TryFind(name, out var field))
        {
            return choices[0].Meaning;
        }

        foreach (var (word, meaning) in choices)
        {
            if (field.TryGetText(out var text) && text == word)
            {
                return meaning;
            }
        }

        errors.Add(fields.PathOf(name), $"must be {string.Join(", ", choices.SkipLast(1).Select(each => each.Word))} or {choices[^1].Word}");
        return choices[0].Meaning;
    }

    private static bool ReadFlag(IRequestFields fields, string name, FieldErrors errors)
    {
        if (!fields.TryFind(name, out var field))
        {
            return false;
        }

        if (!field.TryGetFlag(out var flag))
        {
            errors.Add(fields.PathOf(name), "must be true or false");
        }

        return flag;
    }
}

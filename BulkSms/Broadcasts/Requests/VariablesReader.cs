using System.Text.Json;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Messages;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The field <c>contentVariables</c>: an object of texts, which may have placeholders; in a form the same as JSON.</summary>
/// <param name="isLiteral">Whether what looks like a mistake is sent as it is.</param>
/// <param name="limits">How long they may be.</param>
internal sealed class VariablesReader(bool isLiteral, BroadcastOptions limits)
{
    public const string Name = "contentVariables";
    private const int MostVariables = 100;
    private const int MaxNameLength = 64;

    /// <summary>Characters with the placeholders.</summary>
    private const int MaxLength = 10_000;

    private const string Fault = "must be an object of texts, such as {\"1\": \"{{name}}\"}";

    /// <summary>Reads them.</summary>
    /// <returns>What Twilio is given, and the template that it is where it has placeholders.</returns>
    public (string Text, MessageTemplate? Template) Read(IRequestFields fields, FieldErrors errors)
    {
        if (!fields.TryFind(Name, out var field))
        {
            return ("", null);
        }

        using var document = field.IsPlain ? Parse(field) : null;
        var parts = document is null ? field.TryGetObject(out var given) ? given : null
            : document.RootElement.ValueKind is JsonValueKind.Object ? new JsonFields(document.RootElement, fields.PathOf(Name)) : null;
        if (parts is null)
        {
            errors.Add(fields.PathOf(Name), Fault);
            return ("", null);
        }

        var names = parts.Names.ToArray();
        if (names.Length is 0 or > MostVariables || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            errors.Add(fields.PathOf(Name), $"must have 1 to {MostVariables} variables, each once; it has {names.Length}");
            return ("", null);
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (FaultOf(parts, name, out var text) is { } fault)
            {
                errors.Add(parts.PathOf(name), fault);
            }

            variables[name] = text;
        }

        return errors.Any ? ("", null) : Finish(ContentVariables.Write(variables), fields.PathOf(Name), errors);
    }

    private static JsonDocument? Parse(RequestField field)
    {
        try
        {
            return field.TryGetText(out var text) ? JsonDocument.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string? FaultOf(IRequestFields parts, string name, out string text)
    {
        text = "";
        if (name.Length is 0 or > MaxNameLength || !name.All(each => char.IsAsciiLetterOrDigit(each) || each is '_' or '-' or '.'))
        {
            return $"must have a name of letters, digits, _, - and ., at most {MaxNameLength}";
        }

        if (!parts.TryFind(name, out var field) || !field.TryGetText(out text))
        {
            text = "";
            return "must be a string of valid Unicode";
        }

        var template = MessageTemplate.Parse(text, out var fault, isLiteral);
        var other = isLiteral ? null : template?.Literals.Select(OtherBraces.FindIn).FirstOrDefault(found => found is not null);
        text = Composition.Of(MessageTemplate.WithUsualBlanks(text));
        return MessageRules.FaultsOf(text, MaxLength).FirstOrDefault() ?? fault
            ?? (other is null ? null : $"has {other}, which is no placeholder here: write {{{{name}}}}, or set literal to true to send it as it is");
    }

    // What becomes of it with a recipient's values is looked at recipient by recipient.
    private (string Text, MessageTemplate? Template) Finish(string text, string path, FieldErrors errors)
    {
        var template = MessageTemplate.Parse(text, out var fault, isLiteral);
        var isTemplate = template is { Names.Count: > 0 };
        fault ??= MessageRules.FaultsOf(text, isTemplate ? MaxLength : limits.MaxMessageLength).FirstOrDefault();
        if (fault is not null)
        {
            errors.Add(path, fault);
        }

        return (text, isTemplate ? template : null);
    }
}

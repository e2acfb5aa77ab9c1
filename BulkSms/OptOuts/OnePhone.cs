using System.Text.Json;
using BulkSms.Http;

namespace BulkSms.OptOuts;

/// <summary>A request about one phone: <c>{"phone": "+15551234567"}</c>, or <c>to</c> as recipients are written, with <c>defaultRegion</c> perhaps. The number stands in the body, as addresses are logged.</summary>
/// <param name="Phone">As the list knows it: see <see cref="OptOutSender"/>.</param>
public sealed record OnePhone(string Phone)
{
    private const string Name = "phone";

    /// <summary>What recipients call it.</summary>
    private const string OtherName = "to";

    /// <summary>Which of the two names an object has for its phone; null unless it has one of them.</summary>
    public static string? NameIn(JsonElement root) => (root.TryGetProperty(Name, out _), root.TryGetProperty(OtherName, out _)) switch
    {
        (true, false) => Name,
        (false, true) => OtherName,
        _ => null,
    };

    public static OnePhone? Read(JsonElement root, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(property => property.Name is not (Name or OtherName or OptOutRegion.Name)) || NameIn(root) is not { } name)
        {
            errors.Add("$", $"must be an object with {Name}, such as {{\"{Name}\": \"+15551234567\"}}, and nothing else but {OptOutRegion.Name}");
            return null;
        }

        if (OptOutRegion.Read(root, errors) is not { } rules)
        {
            return null;
        }

        var number = "";
        if ((JsonBody.TryGetText(root.GetProperty(name), out var text) ? OptOutSender.Read(text, rules, out number) : "must be a string of valid Unicode") is { } error)
        {
            errors.Add($"$.{name}", error);
        }

        return errors.Any ? null : new(number);
    }
}

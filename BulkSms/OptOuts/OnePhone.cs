using System.Text.Json;
using BulkSms.Http;

namespace BulkSms.OptOuts;

/// <summary>A request about one phone: <c>{"phone": "+15551234567"}</c>, with <c>defaultRegion</c> perhaps. The number stands in the body, as addresses are logged.</summary>
/// <param name="Phone">As the list knows it: see <see cref="OptOutSender"/>.</param>
public sealed record OnePhone(string Phone)
{
    private const string Name = "phone";

    public static OnePhone? Read(JsonElement root, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(property => property.Name is not (Name or OptOutRegion.Name)) || !root.TryGetProperty(Name, out var phone))
        {
            errors.Add("$", $"must be an object with {Name}, such as {{\"{Name}\": \"+15551234567\"}}, and nothing else but {OptOutRegion.Name}");
            return null;
        }

        if (OptOutRegion.Read(root, errors) is not { } rules)
        {
            return null;
        }

        var number = "";
        if ((JsonBody.TryGetText(phone, out var text) ? OptOutSender.Read(text, rules, out number) : "must be a string of valid Unicode") is { } error)
        {
            errors.Add($"$.{Name}", error);
        }

        return errors.Any ? null : new(number);
    }
}

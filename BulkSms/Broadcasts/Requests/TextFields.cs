using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Fields that are plain text: the parameters of a query, the fields of a form. A fault names them by their name alone.</summary>
internal sealed class TextFields : IRequestFields
{
    // What Azure takes its own key from: never a field, never shown.
    private static readonly string[] NotOurs = ["code", "clientId"];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => values.Keys;

    /// <summary>Adds a field; false when it was given before.</summary>
    public bool TryAdd(string name, string value) => values.TryAdd(name, value);

    /// <summary>The parameters of a query, but for the function key.</summary>
    public static TextFields Of(IQueryCollection query, FieldErrors errors)
    {
        var fields = new TextFields();
        foreach (var (name, given) in query.Where(parameter => !NotOurs.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase)))
        {
            fields.TryAdd(name, given[0] ?? "");
            if (given.Count > 1)
            {
                errors.Add(fields.PathOf(name), "must be given once");
            }
        }

        return fields;
    }

    public bool TryFind(string name, [NotNullWhen(true)] out RequestField? field)
    {
        field = values.TryGetValue(name, out var value) ? new TextField(value) : null;
        return field is not null;
    }

    public string PathOf(string name) => JsonFields.Printable(name);

    private sealed class TextField(string value) : RequestField
    {
        public override bool IsPlain => true;

        public override bool TryGetText(out string text)
        {
            text = value;
            return !value.Contains('\ufffd', StringComparison.Ordinal); // stands for bytes that were not UTF-8
        }

        public override bool TryGetFlag(out bool flag)
        {
            flag = value == "true";
            return value is "true" or "false";
        }

        public override bool TryGetAmount(out decimal amount) => decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);

        public override bool TryGetObject([NotNullWhen(true)] out IRequestFields? parts)
        {
            parts = null;
            return false;
        }
    }
}

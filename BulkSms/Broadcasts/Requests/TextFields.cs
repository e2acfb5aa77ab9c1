using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Fields that are plain text: those of a form. A fault names them by their name alone.</summary>
internal sealed class TextFields : IRequestFields
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => values.Keys;

    /// <summary>Adds a field; false when it was given before.</summary>
    public bool TryAdd(string name, string value) => values.TryAdd(name, value);

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
            return true;
        }

        public override bool TryGetFlag(out bool flag)
        {
            flag = value == "true";
            return value is "true" or "false";
        }

        public override bool TryGetAmount(out decimal amount) => decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);

        public override bool TryGetList([NotNullWhen(true)] out IReadOnlyList<string>? texts)
        {
            texts = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return true;
        }

        public override bool TryGetObject([NotNullWhen(true)] out IRequestFields? parts)
        {
            parts = null;
            return false;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using BulkSms.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The properties of a JSON object as fields, by JSON path.</summary>
/// <param name="root">The object.</param>
/// <param name="path">Its own path.</param>
internal sealed class JsonFields(JsonElement root, string path = "$") : IRequestFields
{
    private const int MaxShown = 64;

    public IEnumerable<string> Names => root.EnumerateObject().Select(property => property.Name);

    public bool TryFind(string name, [NotNullWhen(true)] out RequestField? field)
    {
        field = root.TryGetProperty(name, out var value) ? new JsonField(value, PathOf(name)) : null;
        return field is not null;
    }

    public string PathOf(string name) => $"{path}.{Printable(name)}";

    /// <summary>A name from outside is shown, but neither at any length nor with characters that could forge another line.</summary>
    public static string Printable(string name) => new([.. name.Take(MaxShown).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);

    private sealed class JsonField(JsonElement value, string path) : RequestField
    {
        public override bool TryGetText(out string text) => JsonBody.TryGetText(value, out text);

        public override bool TryGetFlag(out bool flag)
        {
            flag = value.ValueKind is JsonValueKind.True;
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False;
        }

        public override bool TryGetAmount(out decimal amount)
        {
            amount = 0;
            return value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out amount) && amount >= 0;
        }

        public override bool TryGetList([NotNullWhen(true)] out IReadOnlyList<string>? texts)
        {
            var found = new List<string>();
            texts = value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(each => JsonBody.TryGetText(each, out var text) && Add(found, text)) ? found : null;
            return texts is not null;
        }

        private static bool Add(List<string> texts, string text)
        {
            texts.Add(text);
            return true;
        }

        public override bool TryGetObject([NotNullWhen(true)] out IRequestFields? parts)
        {
            parts = value.ValueKind is JsonValueKind.Object ? new JsonFields(value, path) : null;
            return parts is not null;
        }

        public override bool IsPlain => false;
    }
}
